import { type ByteSource, readExactly, viewOf } from "../byte-source.ts";
import { StampError } from "../stamp-error.ts";

/** Where an archive ends, and where its central directory stands (PKWARE's APPNOTE 6.3.10, 4.3.14 to 4.3.16). */
export interface ZipEnd {
  /** Of the end record. */
  offset: number;
  /** The length of the archive's comment. */
  commentBytes: number;
  /** As the archive counts them. */
  entries: number;
  /** In the file, whatever stands in front of the archive. */
  directoryOffset: number;
  /** The length of the central directory. */
  directoryBytes: number;
  /** How many bytes stand in front of the archive that its offsets do not count. */
  prefixBytes: number;
  /** Of the ZIP64 end record, where there is one. */
  zip64Offset: number | undefined;
}

/** The end record without its comment. */
export const zipEndBytes = 22;
/** A comment's length is told in 16 bits. */
export const maxZipCommentBytes = 0xffff;

const endSignature = 0x06_05_4b_50;
const zip64EndSignature = 0x06_06_4b_50;
const zip64LocatorSignature = 0x07_06_4b_50;
const zip64LocatorBytes = 20;
const zip64EndBytes = 56;

/**
 * Finds an archive's end.
 *
 * @throws StampError `container_malformed`; `container_unsupported` when bytes stand behind the end.
 */
export async function readZipEnd(source: ByteSource): Promise<ZipEnd> {
  const offset = await findZipEnd(source);
  if (offset === undefined)
    throw new StampError("container_malformed", "The archive has no end record: it was cut off.");
  const record = await readExactly(source, offset, zipEndBytes);
  const view = viewOf(record);
  const commentBytes = view.getUint16(20, true);
  if (offset + zipEndBytes + commentBytes !== source.size)
    throw new StampError(
      "container_unsupported",
      "Bytes stand behind the archive's end, or its comment holds an end of its own. Pack it again.",
    );
  return { offset, commentBytes, ...(await placeOfDirectory(source, offset, view)) };
}

/** Whether a source ends as an archive does, to the byte. Never throws. */
export const endsAsZip = async (source: ByteSource): Promise<boolean> =>
  (await missingZipBytes(source)) === 0;

/**
 * How many bytes a source lacks at its end for the comment of the archive that it ends in; below zero when bytes
 * stand behind the archive, nothing when there is none.
 */
export async function missingZipBytes(source: ByteSource): Promise<number | undefined> {
  const offset = await findZipEnd(source);
  if (offset === undefined) return undefined;
  const view = viewOf(await readExactly(source, offset, zipEndBytes));
  return offset + zipEndBytes + view.getUint16(20, true) - source.size;
}

/** The last end record: a comment that held one more would be read differently by different programs. */
async function findZipEnd(source: ByteSource): Promise<number | undefined> {
  const length = Math.min(source.size, zipEndBytes + maxZipCommentBytes);
  const tail = await readExactly(source, source.size - length, length);
  const view = viewOf(tail);
  for (let at = length - zipEndBytes; at >= 0; at--) {
    at = tail.lastIndexOf(0x50, at);
    if (at >= 0 && view.getUint32(at, true) === endSignature) return source.size - length + at;
  }
  return undefined;
}

async function placeOfDirectory(source: ByteSource, endOffset: number, end: DataView) {
  const [entries, size, start] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  // Some writers add a ZIP64 end where the numbers would have had room in the old one.
  const zip64 = await findZip64End(source, endOffset);
  const zip64Offset = zip64?.offset;
  const told = { entries, entriesHere: end.getUint16(8, true), size, start };
  const found = zip64Offset === undefined ? told : await readZip64End(source, zip64Offset);
  // With a ZIP64 end, a number stands here as there, or is left to it by all ones.
  const agrees = (here: number, there: number, none: number) =>
    here === there || (here === none && zip64Offset !== undefined);
  const isSound =
    found.entries === found.entriesHere &&
    agrees(told.entries, found.entries, 0xffff) &&
    agrees(told.entriesHere, found.entries, 0xffff) &&
    agrees(size, found.size, 0xffff_ffff) &&
    agrees(start, found.start, 0xffff_ffff);
  if (!isSound || (zip64Offset === undefined && end.getUint32(4, true) !== 0)) throw splitArchive();
  const directoryOffset = (zip64Offset ?? endOffset) - found.size;
  const prefixBytes = directoryOffset - found.start;
  if (zip64 && zip64.prefixBytes !== 0 && zip64.prefixBytes !== prefixBytes) throw oddZip64End();
  if (directoryOffset < 0 || prefixBytes < 0)
    throw new StampError("container_malformed", "The archive's directory is not where its end says.");
  return { entries: found.entries, directoryOffset, directoryBytes: found.size, prefixBytes, zip64Offset };
}

const splitArchive = () =>
  new StampError(
    "container_unsupported",
    "The archive is split over several files, or its end contradicts itself. Pack it again, in one.",
  );

const oddZip64End = () =>
  new StampError("container_unsupported", "The archive's ZIP64 end has a form that is not known.");

/** The ZIP64 end, and by how much its locator is wrong: by what was put in front of a finished archive, if it is. */
async function findZip64End(
  source: ByteSource,
  endOffset: number,
): Promise<{ offset: number; prefixBytes: number } | undefined> {
  const at = endOffset - zip64LocatorBytes;
  if (at < zip64EndBytes) return undefined;
  const locator = viewOf(await readExactly(source, at, zip64LocatorBytes));
  if (locator.getUint32(0, true) !== zip64LocatorSignature) return undefined;
  if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) > 1) throw splitArchive();
  const offset = at - zip64EndBytes;
  const prefixBytes = offset - Number(locator.getBigUint64(8, true));
  if (prefixBytes < 0) throw oddZip64End();
  return { offset, prefixBytes };
}

async function readZip64End(source: ByteSource, offset: number) {
  const view = viewOf(await readExactly(source, offset, zip64EndBytes));
  if (
    view.getUint32(0, true) !== zip64EndSignature ||
    view.getBigUint64(4, true) !== BigInt(zip64EndBytes - 12)
  )
    throw new StampError("container_malformed", "The archive's ZIP64 end is not where its locator says.");
  const read = (at: number) => Number(view.getBigUint64(at, true));
  return { entriesHere: read(24), entries: read(32), size: read(40), start: read(48) };
}
