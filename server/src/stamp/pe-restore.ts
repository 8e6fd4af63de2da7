import { crc32, viewOf } from "@tallystick/sdk/stamp";

/**
 * What cannot be worked out again when a stamp is removed: kept behind the frame, for the few files that were not
 * written as signing tools write them.
 */
export interface PeRestore {
  checksum: number;
  /** The certificate table's size among the data directories; 0 in a program that is not signed. */
  directorySize: number;
  /** The dwLength of the certificate that carries the stamp; 0 in a program that is not signed. */
  certificateLength: number;
}

const mark = Buffer.from("undo", "ascii");

/** Writes it: the mark `undo`, three u32be, u32be CRC-32 of all that. */
export function encodeRestore({ checksum, directorySize, certificateLength }: PeRestore): Uint8Array {
  const bytes = new Uint8Array(20);
  const view = viewOf(bytes);
  bytes.set(mark);
  [checksum, directorySize, certificateLength].forEach((value, index) => {
    view.setUint32(4 + 4 * index, value);
  });
  view.setUint32(16, crc32(bytes.subarray(0, 16)));
  return bytes;
}

/** Reads it from what stands behind a frame; most frames have nothing there, or zeros. */
export function decodeRestore(behindFrame: Uint8Array): PeRestore | undefined {
  const bytes = behindFrame.subarray(0, 20);
  const view = viewOf(bytes);
  if (
    bytes.length < 20 ||
    mark.compare(bytes, 0, 4) !== 0 ||
    view.getUint32(16) !== crc32(bytes.subarray(0, 16))
  )
    return undefined;
  return {
    checksum: view.getUint32(4),
    directorySize: view.getUint32(8),
    certificateLength: view.getUint32(12),
  };
}
