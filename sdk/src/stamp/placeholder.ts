import {
  decodeStampFrame,
  maxStampPayloadBytes,
  type StampFrameReading,
  stampHeaderBytes,
  stampMagic,
} from "../protocol/stamp-frame.ts";
import { StampError } from "./stamp-error.ts";

/**
 * What a vendor puts into an image where no more room can be made later: a frame with no payload, and zeros. Stamping
 * fills it in place. The same bytes serve as a file on a medium and as an attribute of a macOS application.
 */
export const placeholderName = "tallystick.token";

/** Holds any token, in one block of a CD and in a node of HFS+ beside other attributes. */
export const placeholderBytes = 2048;

/** As much of a placeholder as a frame can need: what a larger one has behind that is left alone. */
export const maxPlaceholderBytes: number = stampHeaderBytes + maxStampPayloadBytes;

/**
 * The bytes of an empty placeholder.
 *
 * @throws RangeError when not even a payload of one byte would fit.
 */
export function encodePlaceholder(totalBytes: number = placeholderBytes): Uint8Array {
  if (totalBytes <= stampHeaderBytes)
    throw new RangeError(`a placeholder has more than ${stampHeaderBytes} bytes, not ${totalBytes}`);
  const bytes = new Uint8Array(totalBytes);
  bytes.set(stampMagic);
  return bytes;
}

/**
 * What a placeholder holds: nothing yet, or a stamp. Bytes that do not begin with a frame's magic are none.
 *
 * @returns `foreign` for other bytes.
 * @throws StampError `stamp_damaged` when there is something else than zeros around the payload.
 */
export function readPlaceholder(
  bytes: Uint8Array,
): Extract<StampFrameReading, { code: "stamped" }> | { code: "empty" | "foreign" } {
  const reading = decodeStampFrame(bytes);
  if (reading.code === "absent") return { code: "foreign" };
  const used = reading.code === "stamped" ? reading.frameBytes : stampMagic.length;
  if (bytes.subarray(used).some((byte) => byte !== 0))
    throw new StampError("stamp_damaged", "The stamp in this file was damaged. Stamp the original again.");
  return reading.code === "stamped" ? reading : { code: "empty" };
}
