import { crc32 } from "./crc32.ts";

/** What every frame begins with: the name, a line end that a text editor would destroy, the format's version. */
export const stampMagic: Uint8Array = Uint8Array.from(
  [..."TALLYSTICK"].map((c) => c.charCodeAt(0)).concat(0x0a, 1),
);

/** Magic, u16be length of the payload, u32be CRC-32 of the payload. */
export const stampHeaderBytes = 18;

/** The most a frame may carry. A token is at most 1 KB. */
export const maxStampPayloadBytes = 4096;

/**
 * The object identifier of the frame where a container wants one, 2.25.70928322801245669240906981182190961890: an
 * arc made from a UUID (ITU-T X.667), so it is ours without asking anybody. DER, tag and length included.
 */
export const stampOid: Uint8Array = Uint8Array.from([
  0x06, 0x13, 0x69, 0xea, 0xdc, 0xa6, 0x93, 0xdc, 0xc8, 0xea, 0x97, 0x83, 0xaa, 0xa1, 0xb1, 0xcb, 0x9a, 0x8a,
  0xd3, 0x89, 0x62,
]);

/**
 * Frames a payload: magic, length, CRC, payload, and zeros up to `totalBytes` where a container has a place of fixed
 * size. The CRC rejects accidents only; trust comes from the token's signature.
 *
 * @throws RangeError when the payload is empty, over 4,096 bytes, or does not fit into `totalBytes`.
 */
export function encodeStampFrame(payload: Uint8Array, totalBytes?: number): Uint8Array {
  if (payload.length === 0 || payload.length > maxStampPayloadBytes)
    throw new RangeError(`a stamp carries 1 to ${maxStampPayloadBytes} bytes, not ${payload.length}`);
  const used = stampHeaderBytes + payload.length;
  if (totalBytes !== undefined && used > totalBytes)
    throw new RangeError(`a stamp of ${used} bytes does not fit into ${totalBytes}`);
  const frame = new Uint8Array(totalBytes ?? used);
  frame.set(stampMagic);
  const view = new DataView(frame.buffer);
  view.setUint16(12, payload.length);
  view.setUint32(14, crc32(payload));
  frame.set(payload, stampHeaderBytes);
  return frame;
}

/** What stands where a frame may be: its payload, no frame at all, or one that was damaged. */
export type StampFrameReading =
  | { code: "stamped"; payload: Uint8Array; frameBytes: number }
  | { code: "absent" }
  | { code: "damaged" };

/** Reads a frame that begins at the first of the bytes given. What follows it is left alone. */
export function decodeStampFrame(bytes: Uint8Array): StampFrameReading {
  if (bytes.length < stampMagic.length || stampMagic.some((byte, index) => bytes[index] !== byte))
    return { code: "absent" };
  if (bytes.length < stampHeaderBytes) return { code: "damaged" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(12);
  const frameBytes = stampHeaderBytes + length;
  if (length === 0 || length > maxStampPayloadBytes || frameBytes > bytes.length) return { code: "damaged" };
  const payload = bytes.subarray(stampHeaderBytes, frameBytes);
  if (crc32(payload) !== view.getUint32(14)) return { code: "damaged" };
  return { code: "stamped", payload, frameBytes };
}
