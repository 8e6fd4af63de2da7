/** The fixed name of something that is kept between starts. Only `token` is ever looked at by the receiver. */
export type DocumentName =
  | "token"
  | "licence"
  | "reminder"
  | "registration"
  | "voucher"
  | "last-seen"
  | "consent";

/**
 * Why something could not be read: the folder or the file is not ours alone (a link, another owner, writable
 * by others, not a plain file), too large, or the machine refused.
 */
export type ReadRefusal = "folder_refused" | "file_refused" | "file_too_large" | "file_unreadable";

/** What reading returns. */
export type StoreRead = { code: "found"; text: string } | { code: "absent" } | { code: ReadRefusal };

/** What writing returns. `exists`: somebody else was first, and nothing was changed. */
export type StoreWrite = { code: "written" } | { code: "exists" | "folder_refused" | "file_unwritable" };

/**
 * Where the token and what belongs to it rest. Synchronous, since `status()` and `reminder()` answer at once
 * from a few hundred bytes. Safe with several processes at once; no method throws.
 */
export interface TokenStore {
  /** Reads what is kept under the name, whole. */
  read(name: DocumentName): StoreRead;
  /** Writes only when there is nothing yet: of several processes exactly one is answered `written`. */
  create(name: DocumentName, text: string): StoreWrite;
  /** Writes over what there is; a reader sees the old text or the new one, never a part. */
  replace(name: DocumentName, text: string): StoreWrite;
  /** Moves away what was read as `seen`, unless it has changed since. `true` when it was moved. */
  setAside(name: DocumentName, seen: StoreRead): boolean;
  /** Where a person would look for it, for reports. */
  describe(name: DocumentName): string;
}

/** Where there is no place to keep anything: every read and write is refused, so that each is reported. */
export const nowhere: TokenStore = {
  read: () => ({ code: "folder_refused" }),
  create: () => ({ code: "folder_refused" }),
  replace: () => ({ code: "folder_refused" }),
  setAside: () => false,
  describe: () => "the user's home folder",
};

/** The most that is read of one document: far more than any of them needs. */
export const maxDocumentBytes = 16_384;
