import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ByteSource } from "@tallystick/sdk/stamp";
import { type FileSource, identityOf } from "./file-source.ts";
import { explainFileError, StampFileError } from "./stamp-file-error.ts";
import type { StampPlan } from "./stamp-plan.ts";

/** What applying a plan needs of it. */
export type PlannedBytes = Pick<StampPlan, "patches" | "newLength">;

/** How a copy is made, beyond what and where. */
export interface StampFileOptions {
  /** Ends the work: nothing is left at the result's place. */
  signal?: AbortSignal;
  /** Hears how many bytes of how many are copied, about twice a second. */
  onProgress?: (copiedBytes: number, allBytes: number) => void;
}

/**
 * Writes the stamped or restored copy: a clone of the original's blocks where the file system can, else a copy by the
 * system itself, with the patches over it. It appears under its name at once and whole, or not at all; a file that
 * has that name is replaced. The original's permissions are kept; who may run it as somebody else is not.
 *
 * @throws StampFileError, every code; whatever the signal was aborted with.
 */
export async function stampFile(
  source: FileSource,
  plan: PlannedBytes,
  outPath: string,
  options: StampFileOptions = {},
): Promise<void> {
  const target = await findTarget(source, outPath);
  const temporary = join(dirname(target), `.tallystick-${randomBytes(6).toString("hex")}.part`);
  try {
    await copyWhole(source, temporary, options);
    await writePatches(temporary, plan, source.mode);
    options.signal?.throwIfAborted();
    // No fsync: a power cut may take the copy, which can be made again, and waiting for the disk would triple the time.
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error === options.signal?.reason ? error : explainFileError(error, outPath);
  }
}

/**
 * Where a result goes: through a symbolic link to the file it names, so that the link stays.
 *
 * @throws StampFileError `same_file`, `file_unusable`.
 */
export async function findTarget(source: FileSource, outPath: string): Promise<string> {
  const target = await realpath(outPath).catch(() => outPath);
  const there = await stat(target).catch(() => undefined);
  if (there === undefined) return target;
  const original = await stat(source.path).catch(() => undefined);
  if (there.dev === original?.dev && there.ino === original.ino)
    throw new StampFileError(
      "same_file",
      `${outPath} is the original itself: name another file for the result.`,
    );
  if (!there.isFile())
    throw new StampFileError("file_unusable", `${outPath} is not a plain file: name a file for the result.`);
  return target;
}

/**
 * A part of the stamped or restored bytes, in pieces of at most 64 KiB, read from the one original. The pieces are as
 * the source gave them and are not copied: only a source whose reads do not overwrite each other, such as an opened
 * file, may be streamed to somebody who keeps pieces.
 *
 * @param range - from `start` up to and without `end`, both within `newLength`.
 */
export async function* patchedRange(
  source: ByteSource,
  { patches, newLength }: PlannedBytes,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  const until = Math.min(end, newLength);
  let at = start;
  for (const { offset, bytes } of [...patches, { offset: newLength, bytes: new Uint8Array() }]) {
    for (const stop = Math.min(offset, until); at < stop; ) {
      const piece = await readOriginal(source, at, Math.min(pieceBytes, stop - at));
      yield piece;
      at += piece.length;
    }
    const piece = bytes.subarray(Math.max(0, at - offset), Math.max(0, until - offset));
    if (piece.length > 0 && at >= offset) {
      yield piece;
      at += piece.length;
    }
  }
}

const pieceBytes = 64 * 1024;

/** The original's bytes, and zeros where a longer result goes on behind it. */
async function readOriginal(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  if (offset >= source.size) return new Uint8Array(length);
  const bytes = await source.read(offset, Math.min(length, source.size - offset));
  if (bytes.length === 0)
    throw new StampFileError("file_changed", "The original became shorter while it was read.");
  return bytes;
}

async function copyWhole(source: FileSource, temporary: string, options: StampFileOptions): Promise<void> {
  options.signal?.throwIfAborted();
  const watch = watchCopy(source.size, temporary, options.onProgress);
  const copied = copyFile(source.path, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  try {
    await untilAborted(copied, options.signal);
  } catch (error) {
    // Ended before the system had begun, the copy has its name still to come.
    if (options.signal?.aborted) void copied.catch(() => {}).then(() => rm(temporary, { force: true }));
    // The original's own name may be gone by now; everything else is about the place of the result.
    const { syscall, code } = error as NodeJS.ErrnoException;
    const isGone = syscall === "copyfile" && code === "ENOENT" && (await isFolder(dirname(temporary)));
    throw isGone ? explainFileError(error, source.path) : error;
  } finally {
    clearInterval(watch);
  }
  const now = await stat(source.path, { bigint: true });
  if (identityOf(now) !== source.identity)
    throw new StampFileError("file_changed", `${source.path} changed while it was copied. Run it again.`);
}

const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() === true;

function watchCopy(allBytes: number, temporary: string, onProgress: StampFileOptions["onProgress"]) {
  if (onProgress === undefined) return undefined;
  return setInterval(async () => {
    const size = (await stat(temporary).catch(() => undefined))?.size;
    if (size !== undefined) onProgress(size, allBytes);
  }, 500);
}

/** The system's own copying cannot be stopped; what it goes on with is gone when it ends. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

async function writePatches(path: string, { patches, newLength }: PlannedBytes, mode: number): Promise<void> {
  await chmod(path, mode | 0o200);
  const handle = await open(path, "r+");
  try {
    await handle.truncate(newLength);
    for (const { offset, bytes } of patches) await writeAll(handle, bytes, offset);
  } finally {
    await handle.close();
  }
  await chmod(path, mode);
}

async function writeAll(
  handle: {
    write(bytes: Uint8Array, from: number, length: number, at: number): Promise<{ bytesWritten: number }>;
  },
  bytes: Uint8Array,
  offset: number,
): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}
