import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../store/make-folder.ts";

/**
 * Writes a file that only its owner may read (0600, in a folder made 0700), wholly or not at all: a temporary file
 * is written and synced, then linked to its name, which fails when the name is taken. So of two processes that
 * write at once one wins, and a reader never sees half a secret.
 *
 * @returns false when there was such a file already, which is then left as it is
 */
export function writeSecretFile(file: string, text: string): boolean {
  const folder = dirname(file);
  makeFolder(folder, 0o700);
  const temporary = join(folder, `.${basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    writeDurably(temporary, text);
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(folder);
  return true;
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a new name durable. Windows has no such call for a folder, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
