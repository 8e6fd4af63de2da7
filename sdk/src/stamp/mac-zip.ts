import { stampHeaderBytes, stampMagic } from "../protocol/stamp-frame.ts";
import { appleDoubleHeaderBytes, decodeAppleDouble } from "./apple-double.ts";
import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { ascii, byteText, hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { applicationInstance } from "./dmg-attribute.ts";
import { StampError } from "./stamp-error.ts";
import { stampPlaceBytes } from "./trailer.ts";
import { readZipEnd, type ZipEnd } from "./zip/zip-end.ts";
import { beginsAsZip } from "./zip.ts";

/** Where the stamp of an app stands: an entry right before the directory, and the directory's last record. */
export interface MacZipStamp {
  /** The entry that carries the app's attributes; a byte a letter. */
  attributesName: string;
  /** In the file. */
  entryOffset: number;
  /** The directory's record of the entry, in the file. */
  recordOffset: number;
  /** The bytes at the place of the stamp, from the frame's first on. */
  frame: Uint8Array;
}

const recordSignature = 0x02_01_4b_50;
const recordBytes = 46;
/** The fixed part of what stands before a stored file. */
const localHeaderBytes = 30;
/** The longest path of macOS is 1,024 bytes. */
const maxNameBytes = 2048;

/**
 * Finds the stamp of the app in an archive. Its record is the directory's last, so it is looked for from the
 * directory's end: an archive may hold a hundred thousand files, and none of their records is read.
 *
 * @throws StampError `container_malformed`.
 */
export async function findMacZipStamp(source: ByteSource, end: ZipEnd): Promise<MacZipStamp | undefined> {
  const directoryEnd = end.directoryOffset + end.directoryBytes;
  const length = Math.min(end.directoryBytes, recordBytes + maxNameBytes);
  const tail = await readExactly(source, directoryEnd - length, length);
  if (!hasBytesAt(tail, ascii(".app"), length - 4)) return undefined;
  const view = viewOf(tail);
  for (let at = length - recordBytes; at >= 0; at--) {
    at = tail.lastIndexOf(0x50, at);
    if (at < 0 || view.getUint32(at, true) !== recordSignature) continue;
    const stamp = await readStampAt(source, end, tail.subarray(at));
    if (stamp) return stamp;
  }
  return undefined;
}

/** The stamp, if this is its record: to the directory's end, of a stored file that ends where the directory begins. */
async function readStampAt(source: ByteSource, end: ZipEnd, record: Uint8Array) {
  const view = viewOf(record);
  const [packed, size] = [view.getUint32(20, true), view.getUint32(24, true)];
  const nameBytes = view.getUint16(28, true);
  const entryOffset = end.directoryOffset - localHeaderBytes - nameBytes - size;
  const isPlain =
    view.getUint16(10, true) === 0 &&
    packed === size &&
    record.length === recordBytes + nameBytes &&
    view.getUint32(42, true) + end.prefixBytes === entryOffset;
  const most = appleDoubleHeaderBytes(applicationInstance) + stampPlaceBytes;
  const attributesName = byteText(record.subarray(recordBytes));
  if (!isPlain || size < stampHeaderBytes || size > most || !isForApp.test(attributesName)) return undefined;
  const bytes = await readExactly(source, end.directoryOffset - size, size);
  const frame = decodeAppleDouble(applicationInstance, bytes);
  if (frame === undefined || !hasBytesAt(frame, stampMagic)) return undefined;
  return {
    attributesName,
    entryOffset,
    recordOffset: end.directoryOffset + end.directoryBytes - record.length,
    frame,
  };
}

/** The attributes of an app at the archive's own level, or in one folder. */
const isForApp = /^__MACOSX\/(?:[^/]+\/)?\._[^/]+\.app$/;

/** Reads the stamp of a macOS app that was packed as a ZIP file: an attribute that unpacking gives to the app. */
export const macZipReader: ContainerReader = {
  kind: "mac-zip",
  recognises: async (source, head) => beginsAsZip(head) && (await findStamp(source)) !== undefined,
  readStampPlace: async (source) => (await findStamp(source))?.frame,
};

async function findStamp(source: ByteSource): Promise<MacZipStamp | undefined> {
  try {
    return await findMacZipStamp(source, await readZipEnd(source));
  } catch (error) {
    // The plain reader, which is asked next, says what is wrong.
    if (error instanceof StampError) return undefined;
    throw error;
  }
}
