import { fs, join } from "../runtime/built-in.ts";
import { inspectFolder, prepareFolder, syncFolder } from "./own-folder.ts";
import { errorCode, readOwnFile, writeNewFile } from "./safe-file.ts";
import type { DocumentName, StoreRead, StoreWrite, TokenStore } from "./token-store.ts";

/** The fixed file names. */
const fileNames: Readonly<Record<DocumentName, string>> = {
  token: "tallystick.token",
  licence: "licence.json",
  reminder: "reminder.json",
  registration: "registration.json",
  voucher: "voucher.json",
  "last-seen": "last-seen.json",
  consent: "consent.json",
};

/** What a process that was killed while writing leaves behind is taken away after an hour. */
const staleMs = 3_600_000;

/**
 * Keeps everything in one folder that belongs to the SDK alone: mode 0700, files 0600, no link followed, every
 * write to a temporary file that is synced and then given its name in one step.
 */
export function createFileTokenStore(folder: string): TokenStore {
  const pathOf = (name: DocumentName) => join(folder, fileNames[name]);
  return {
    read(name) {
      const state = inspectFolder(folder);
      if (state === "own") return readOwnFile(pathOf(name));
      return { code: state === "absent" ? "absent" : "folder_refused" };
    },
    create: (name, text) => write(folder, pathOf(name), text, giveNameOnce),
    replace: (name, text) => write(folder, pathOf(name), text, fs.renameSync),
    setAside: (name, seen) => inspectFolder(folder) === "own" && moveAside(folder, pathOf(name), seen),
    describe: pathOf,
  };
}

function write(
  folder: string,
  path: string,
  text: string,
  giveName: (temporary: string, path: string) => void,
): StoreWrite {
  if (prepareFolder(folder) !== "own") return { code: "folder_refused" };
  removeStaleFiles(folder);
  const temporary = temporaryPath(folder);
  try {
    writeNewFile(temporary, text);
    giveName(temporary, path);
    syncFolder(folder);
    return { code: "written" };
  } catch (error) {
    return { code: errorCode(error) === "EEXIST" ? "exists" : "file_unwritable" };
  } finally {
    removeFile(temporary);
  }
}

/** A hard link fails when the name is taken, which rename does not: exactly one process is the first. */
function giveNameOnce(temporary: string, path: string): void {
  try {
    fs.linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === "EEXIST" || readOwnFile(path).code !== "absent") {
      throw Object.assign(new Error("the name is taken"), { code: "EEXIST" });
    }
    fs.renameSync(temporary, path); // A file system without hard links: there the last of two at one moment stays.
  }
}

/**
 * Takes the file away first and looks at it then: what another process has put right in the meantime is given
 * its name back, unless a newer one has that name by now.
 */
function moveAside(folder: string, path: string, seen: StoreRead): boolean {
  const moved = temporaryPath(folder);
  try {
    fs.renameSync(path, moved);
  } catch {
    return false;
  }
  const found = readOwnFile(moved);
  if (JSON.stringify(found) === JSON.stringify(seen)) {
    renameQuietly(moved, `${path}.set-aside`);
    return true;
  }
  try {
    fs.linkSync(moved, path);
  } catch {
    // A newer file has the name: that one counts.
  }
  removeFile(moved);
  return false;
}

/** Where something with the fixed name that cannot be written over lies, what was moved keeps its temporary name. */
function renameQuietly(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch {}
}

function temporaryPath(folder: string): string {
  return join(folder, `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
}

function removeFile(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch {}
}

function removeStaleFiles(folder: string): void {
  try {
    for (const name of fs
      .readdirSync(folder)
      .filter((entry) => entry.startsWith(".") && entry.endsWith(".tmp"))) {
      const path = join(folder, name);
      if (Date.now() - fs.statSync(path).mtimeMs > staleMs) removeFile(path);
    }
  } catch {}
}
