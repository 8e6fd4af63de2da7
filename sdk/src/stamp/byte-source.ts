import { StampError } from "./stamp-error.ts";

/** Bytes that are read where they are wanted: a file, a buffer, or ranges over HTTP serve alike. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /**
   * Reads at most `length` bytes from `offset`: fewer only where the source ends. May answer at once. What is given
   * may be overwritten by the next read: a caller that keeps bytes copies them.
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.max(0, offset), Math.max(0, offset) + length),
  };
}

/**
 * Reads exactly what is asked for, into bytes that are the caller's own.
 *
 * @throws StampError `container_malformed` when a structure points outside the source.
 */
export async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0)
    throw new StampError("container_malformed", "An offset or a length in the file is impossible.");
  if (offset + length > source.size)
    throw new StampError("container_malformed", "The file ends before a part that it names.");
  const bytes = await source.read(offset, length);
  if (bytes.length !== length)
    throw new StampError("container_malformed", "The file ended while it was read.");
  return Uint8Array.prototype.slice.call(bytes);
}

/** A view for reading numbers, over the same bytes. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
