import {
  type ByteSource,
  byteText,
  hasBytesAt,
  readExactly,
  StampError,
  viewOf,
  type ZipEnd,
} from "@tallystick/sdk/stamp";

/**
 * One record of a central directory, in bytes that are overwritten after the visit. An archive may hold a hundred
 * thousand: what is not asked for is not taken out of the bytes.
 */
export interface ZipEntry {
  bytes: Uint8Array;
  /** Of the record, in `bytes`: from its signature to the end of its comment. */
  start: number;
  end: number;
  /** Of its name, in `bytes`. */
  nameStart: number;
  nameEnd: number;
  /** Of the record, in the file. */
  offset: number;
}

/** An entry's name, a byte a letter: enough to compare, and to write again as it was. */
export const entryName = ({ bytes, nameStart, nameEnd }: ZipEntry): string =>
  byteText(bytes.subarray(nameStart, nameEnd));

/** Whether an entry's name has these bytes in it. */
export function nameHolds({ bytes, nameStart, nameEnd }: ZipEntry, part: Uint8Array): boolean {
  const first = part[0];
  for (let at = nameStart; at <= nameEnd - part.length; at++)
    if (bytes[at] === first && hasBytesAt(bytes, part, at)) return true;
  return false;
}

/** A central directory that is larger is not read. */
const maxDirectoryBytes = 64 * 1024 * 1024;

const signature = 0x02_01_4b_50;
const fixedBytes = 46;
/** Longer than the longest record. */
const chunkBytes = 256 * 1024;

/**
 * Visits a central directory's records in their order, until one answers `true`.
 *
 * @throws StampError `container_malformed`; `container_unsupported` over 64 MB.
 */
export async function visitZipDirectory(
  source: ByteSource,
  { directoryOffset, directoryBytes }: ZipEnd,
  visit: (entry: ZipEntry) => boolean,
): Promise<void> {
  if (directoryBytes > maxDirectoryBytes)
    throw new StampError("container_unsupported", "The archive's directory is larger than 64 MB.");
  const end = directoryOffset + directoryBytes;
  for (let at = directoryOffset; at < end; ) {
    const bytes = await readExactly(source, at, Math.min(chunkBytes, end - at));
    const view = viewOf(bytes);
    let start = 0;
    for (let next = endOfRecord(view, start); next > 0; next = endOfRecord(view, start)) {
      const nameStart = start + fixedBytes;
      const nameEnd = nameStart + view.getUint16(start + 28, true);
      if (visit({ bytes, start, end: next, nameStart, nameEnd, offset: at + start })) return;
      start = next;
    }
    // A record is shorter than a chunk: one that is not all here goes on in the next, unless there is none.
    if (start === 0 || (at + bytes.length === end && start < bytes.length)) throw malformed();
    at += start;
  }
}

const malformed = () => new StampError("container_malformed", "The archive's directory is damaged.");

/** Where the record that begins here ends, or 0 when it is not all in these bytes. */
function endOfRecord(view: DataView, at: number): number {
  if (at + fixedBytes > view.byteLength) return 0;
  if (view.getUint32(at, true) !== signature) throw malformed();
  const names = view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const end = at + fixedBytes + names;
  return end > view.byteLength ? 0 : end;
}
