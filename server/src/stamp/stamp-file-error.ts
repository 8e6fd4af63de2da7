/** Why a file could not be opened or written. Stable for programs. */
export type StampFileErrorCode =
  /** There is no such file, or it is not a plain one. */
  | "file_unusable"
  /** The system does not let this process read or write there. */
  | "file_forbidden"
  /** The result would stand where the original does. */
  | "same_file"
  /** The original changed while it was copied. */
  | "file_changed"
  /** The disk, or the person's share of it, is full. */
  | "disk_full";

/** A failure at the files around a stamp, not in them. The message names the path and says what to do. */
export class StampFileError extends Error {
  override readonly name = "StampFileError";
  /** One of the codes of `StampFileErrorCode`. */
  readonly code: StampFileErrorCode;

  constructor(code: StampFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the system's error means for a person; an error that nobody foresaw stays as it is. */
export function explainFileError(error: unknown, path: string): unknown {
  const words = explanations[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  return words === undefined ? error : new StampFileError(words[0], words[1](path), { cause: error });
}

type Explanation = readonly [StampFileErrorCode, (path: string) => string];

const missing: Explanation = ["file_unusable", (path) => `There is no file or folder for ${path}.`];
const forbidden: Explanation = ["file_forbidden", (path) => `This account may not use ${path}.`];
const full: Explanation = [
  "disk_full",
  (path) => `There is no room for ${path}: nothing was written. Free some, or name another place.`,
];

const explanations: Readonly<Record<string, Explanation>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
};
