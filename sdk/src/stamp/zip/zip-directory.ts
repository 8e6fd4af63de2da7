import { type ByteSource, readExactly, viewOf } from "../byte-source.ts";
import { byteText } from "../bytes-at.ts";
import { StampError } from "../stamp-error.ts";
import type { ZipEnd } from "./zip-end.ts";

/** One record of a central directory, in bytes that are overwritten after the visit. */
export interface ZipEntry {
  /** From the signature to the end of the comment. */
  record: Uint8Array;
  /** Of the record, in the file. */
  offset: number;
  /** A byte a letter: enough to compare, and to write again as it was. */
  name: string;
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
    const chunk = await readExactly(source, at, Math.min(chunkBytes, end - at));
    const isLast = at + chunk.length === end;
    let read = 0;
    for (let length = recordBytes(chunk, read); length > 0; length = recordBytes(chunk, read)) {
      const record = chunk.subarray(read, read + length);
      if (visit({ record, offset: at + read, name: nameOf(record) })) return;
      read += length;
    }
    if (read === 0 || (isLast && read < chunk.length)) throw malformed();
    at += read;
  }
}

const malformed = () => new StampError("container_malformed", "The archive's directory is damaged.");

/** The length of the record that begins here, or nothing when it is not all in these bytes. */
function recordBytes(chunk: Uint8Array, at: number): number {
  if (at + fixedBytes > chunk.length) return 0;
  const view = viewOf(chunk);
  if (view.getUint32(at, true) !== signature) throw malformed();
  const length =
    fixedBytes +
    view.getUint16(at + 28, true) +
    view.getUint16(at + 30, true) +
    view.getUint16(at + 32, true);
  return at + length > chunk.length ? 0 : length;
}

function nameOf(record: Uint8Array): string {
  const length = viewOf(record).getUint16(28, true);
  return byteText(record.subarray(fixedBytes, fixedBytes + length));
}
