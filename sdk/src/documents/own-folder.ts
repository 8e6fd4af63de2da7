import { fs } from "../runtime/built-in.ts";
import { errorCode, isPosix } from "./safe-file.ts";

const folderFlags = fs.constants.O_RDONLY | fs.constants.O_DIRECTORY | fs.constants.O_NOFOLLOW;

/** Whether a folder may be trusted with a customer's token. */
export type FolderState = "own" | "absent" | "refused";

/**
 * Looks whether a folder is ours alone, judging the opened descriptor; takes away what others may do in it. A
 * link, another owner's folder and what is not a folder are refused. Never throws.
 */
export function inspectFolder(folder: string): FolderState {
  try {
    if (!isPosix) return fs.lstatSync(folder).isDirectory() ? "own" : "refused";
    return withFolder(folder, (descriptor) => {
      const found = fs.fstatSync(descriptor);
      if (found.uid !== process.geteuid?.()) return "refused";
      if ((found.mode & 0o077) !== 0) fs.fchmodSync(descriptor, 0o700);
      return "own";
    });
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "absent" : "refused";
  }
}

/** The same, but makes the folder, with mode 0700, when there is none. */
export function prepareFolder(folder: string): FolderState {
  const state = inspectFolder(folder);
  if (state !== "absent") return state;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return "refused";
  }
  return inspectFolder(folder);
}

/** Waits until the folder's own entries are on the disk, where the system can do that. */
export function syncFolder(folder: string): void {
  if (!isPosix) return;
  try {
    withFolder(folder, fs.fsyncSync);
  } catch {
    // Some file systems do not sync folders; the file itself was synced before.
  }
}

function withFolder<Result>(folder: string, use: (descriptor: number) => Result): Result {
  const descriptor = fs.openSync(folder, folderFlags);
  try {
    return use(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
