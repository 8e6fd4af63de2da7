import { readFileSync } from "node:fs";
import { BackupError } from "./backup-error.ts";

/** Shorter ones are found by trying, since the file can be tried at leisure. */
const minPassphraseBytes = 16;

/**
 * Reads a passphrase; white space around it is left off, since editors put a line's end there.
 *
 * @throws {BackupError} `file_missing`, or `passphrase_unfit` under 16 bytes
 */
export function readPassphrase(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new BackupError("file_missing", `The passphrase's file ${file} cannot be read.`, { cause });
  }
  if (Buffer.byteLength(text) < minPassphraseBytes) {
    throw new BackupError(
      "passphrase_unfit",
      `A passphrase has ${minPassphraseBytes} bytes at least: ${file} has fewer.`,
    );
  }
  return text;
}
