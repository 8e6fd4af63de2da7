import { maxStampPayloadBytes, stampHeaderBytes, stampMagic } from "../protocol/stamp-frame.ts";
import { type ByteSource, readExactly } from "./byte-source.ts";
import { hasBytesAt } from "./bytes-at.ts";

/**
 * The place of a frame where a file can be as long as we like: room for the largest frame, filled with zeros. So a
 * stamp is found by counting from the file's end, without a search that a payload could mislead, and a stamp that is
 * replaced moves nothing.
 */
export const stampPlaceBytes = stampHeaderBytes + maxStampPayloadBytes;

/** What wraps a place at a file's end: `before`, the place, `after`, and then nothing. */
export interface TrailerShape {
  /** The bytes right before the place; may be none. */
  readonly before: Uint8Array;
  /** The bytes from the place to the file's end; may be none. */
  readonly after: Uint8Array;
}

/** The place alone, right at the end, for files whose readers take no notice of what follows. */
export const bareTrailer: TrailerShape = { before: new Uint8Array(), after: new Uint8Array() };

/** A trailer that was found: the offset of its first byte, and the place within it. */
export interface Trailer {
  /** In the file, in bytes. */
  start: number;
  /** `stampPlaceBytes` of them. */
  place: Uint8Array;
}

/** Looks for a trailer at the end of a source, in one read. */
export async function findTrailer(source: ByteSource, shape: TrailerShape): Promise<Trailer | undefined> {
  const length = shape.before.length + stampPlaceBytes + shape.after.length;
  const start = source.size - length;
  if (start <= 0) return undefined;
  const bytes = await readExactly(source, start, length);
  const place = bytes.subarray(shape.before.length, length - shape.after.length);
  const whole =
    hasBytesAt(bytes, shape.before) && hasBytesAt(bytes, shape.after, length - shape.after.length);
  return whole && hasBytesAt(place, stampMagic) ? { start, place } : undefined;
}
