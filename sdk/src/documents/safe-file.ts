import { fs } from "../runtime/built-in.ts";
import { maxDocumentBytes, type ReadRefusal, type StoreRead } from "./token-store.ts";

/**
 * Windows has neither owners nor modes of this kind, and no O_NOFOLLOW: there a link is looked for by name,
 * and the folder's own access list, inside the user's profile, is what protects it.
 */
export const isPosix = typeof process.geteuid === "function";

/**
 * O_NONBLOCK: opening a pipe that somebody put there must not wait for its writer. A flag that the system does not
 * have is undefined, which counts as 0.
 */
const readFlags = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;
const createFlags =
  fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL | fs.constants.O_NOFOLLOW;

/** Reads a small file that must be ours alone, judging the opened descriptor and not the name. Never throws. */
export function readOwnFile(path: string): StoreRead {
  try {
    if (!isPosix && fs.lstatSync(path).isSymbolicLink()) return { code: "file_refused" };
    const descriptor = fs.openSync(path, readFlags);
    try {
      return readOwnDescriptor(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    return readFailures[errorCode(error)] ?? { code: "file_unreadable" };
  }
}

/** Writes a new file of mode 0600 and waits until it is on the disk. Throws when it exists or cannot be written. */
export function writeNewFile(path: string, text: string): void {
  const descriptor = fs.openSync(path, createFlags, 0o600);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The system's code of a failed file operation, or an empty string. */
export function errorCode(error: unknown): string {
  return String((error as NodeJS.ErrnoException | null)?.code ?? "");
}

const readFailures: Record<string, { code: "absent" } | { code: ReadRefusal }> = {
  ENOENT: { code: "absent" },
  ELOOP: { code: "file_refused" }, // a link, with O_NOFOLLOW
  EMLINK: { code: "file_refused" }, // the same on FreeBSD
  ENXIO: { code: "file_refused" }, // a socket
  EISDIR: { code: "file_refused" },
};

function readOwnDescriptor(descriptor: number): StoreRead {
  const found = fs.fstatSync(descriptor);
  if (!found.isFile()) return { code: "file_refused" };
  if (isPosix && (found.uid !== process.geteuid?.() || (found.mode & 0o022) !== 0))
    return { code: "file_refused" };
  const { text, isWhole } = readStart(descriptor, maxDocumentBytes);
  return isWhole ? { code: "found", text } : { code: "file_too_large" };
}

/** A file's text, or only its start when it has more bytes than are wanted. One read may answer less than there is. */
export function readStart(descriptor: number, maxBytes: number): { text: string; isWhole: boolean } {
  const buffer = Buffer.alloc(maxBytes + 1);
  let size = 0;
  let count: number;
  do {
    count = fs.readSync(descriptor, buffer, size, buffer.length - size, null);
    size += count;
  } while (count > 0);
  return { text: buffer.toString("utf8", 0, size), isWhole: size <= maxBytes };
}
