import type { ByteSource } from "./byte-source.ts";

/** Readers go from one small structure to its neighbour: this much is read at once, or as much as is asked for. */
const windowBytes = 16 * 1024;
/** Tables that lead to each other stand apart: as many windows are kept. */
const keptWindows = 4;
/** What is longer is not kept: it was read to be looked through once. */
const longestKept = 128 * 1024;

/**
 * A source that reads a window where a few bytes are asked for, and answers from it what is asked next. A read of a
 * file costs much more than what it reads, and one over HTTP costs a round trip.
 */
export function windowedSource(source: ByteSource): ByteSource {
  const windows: { offset: number; bytes: Uint8Array }[] = [];
  return {
    size: source.size,
    async read(offset, length) {
      const has = (one: { offset: number; bytes: Uint8Array }) =>
        one.offset <= offset && offset + length <= one.offset + one.bytes.length;
      let found = windows.find(has);
      if (found === undefined) {
        const bytes = await source.read(
          offset,
          Math.min(Math.max(length, windowBytes), source.size - offset),
        );
        if (length > longestKept) return bytes.subarray(0, length);
        // Sources may overwrite what they gave.
        found = { offset, bytes: bytes.slice() };
        if (windows.unshift(found) > keptWindows) windows.pop();
      }
      return found.bytes.subarray(offset - found.offset, offset - found.offset + length);
    },
  };
}
