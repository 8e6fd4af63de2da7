import { type FileHandle, open } from "node:fs/promises";
import type { ByteSource } from "@tallystick/sdk/stamp";
import { explainFileError, StampFileError } from "./stamp-file-error.ts";

/** A file that is read where it is wanted. Bytes once read are the caller's own: no read overwrites another's. */
export interface FileSource extends ByteSource {
  /** As it was given to `openFileSource`. */
  readonly path: string;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Permissions, as `chmod` takes them. */
  readonly mode: number;
  /** Changes when the file is replaced or written to. Fit for an ETag: letters, digits and hyphens. */
  readonly identity: string;
  /** Gives the handle back. Reads fail afterwards. */
  close(): Promise<void>;
}

/**
 * Opens a plain file for reading. It is read through one handle, so a file that is replaced under its name meanwhile
 * is read to its end as it was.
 *
 * @throws StampFileError `file_unusable`, `file_forbidden`.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw new StampFileError("file_unusable", `${path} is not a plain file.`);
    return makeSource(path, handle, {
      size: Number(stat.size),
      mode: Number(stat.mode),
      identity: identityOf(stat),
    });
  } catch (error) {
    await handle?.close();
    throw explainFileError(error, path);
  }
}

/** What tells one state of a file from another, without reading it. */
export const identityOf = (stat: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }): string =>
  [stat.dev, stat.ino, stat.size, stat.mtimeNs].map((part) => part.toString(36)).join("-");

function makeSource(
  path: string,
  handle: FileHandle,
  { size, mode, identity }: { size: number; mode: number; identity: string },
): FileSource {
  return {
    path,
    size,
    mode: mode & 0o777,
    identity,
    read: async (offset, length) => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = Buffer.allocUnsafeSlow(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(bytes, filled, wanted - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}
