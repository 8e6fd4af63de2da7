/** Why a backup was not made, read or restored, stable for programs. */
export type BackupErrorCode =
  | "backup_elsewhere"
  | "backup_damaged"
  | "backup_foreign"
  | "backup_newer"
  | "passphrase_missing"
  | "passphrase_wrong"
  | "passphrase_unfit"
  | "files_exist"
  | "file_missing";

/** A backup was refused; the message is a sentence for the person at the command line. */
export class BackupError extends Error {
  override readonly name = "BackupError";
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The file is not what was written: cut off, changed, or broken by its medium. */
export const damaged = (what: string, cause?: unknown): BackupError =>
  new BackupError("backup_damaged", `The backup is damaged: ${what}.`, cause === undefined ? {} : { cause });
