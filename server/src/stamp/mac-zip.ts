import {
  applicationInstance,
  ascii,
  type ByteSource,
  crc32,
  encodeAppleDouble,
  encodeStampFrame,
  findMacZipStamp,
  joinBytes,
  type MacZipStamp,
  readExactly,
  readZipEnd,
  StampError,
  viewOf,
  type ZipEnd,
} from "@tallystick/sdk/stamp";
import { findMacApp } from "./mac-app.ts";
import { type BarePlan, noStamp } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";
import { moveZipEnd } from "./zip-end-moved.ts";

/**
 * Stamps the app in a ZIP file: an entry with its extended attributes, stored, stands where the directory began; the
 * directory follows with one record more. What unpacks the archive on a Mac gives the attribute to the app, where
 * code signatures take no notice of it.
 */
export const macZipWriter: ContainerWriter = {
  kind: "mac-zip",
  planStamp: async (source, payload) => {
    const archive = await readMacZip(source);
    const name = archive.stamp?.attributesName ?? (await findMacApp(source, archive.end));
    const attributes = encodeAppleDouble(applicationInstance, encodeStampFrame(payload));
    return planDirectory(source, archive, encodeEntry(archive, name, attributes));
  },
  planRemoval: async (source) => {
    const archive = await readMacZip(source);
    if (archive.stamp === undefined) throw noStamp();
    return planDirectory(source, archive, { entry: new Uint8Array(), record: new Uint8Array() });
  },
};

/** An archive, and the stamp of the app in it when there is one. */
interface MacZip {
  end: ZipEnd;
  stamp: MacZipStamp | undefined;
}

async function readMacZip(source: ByteSource): Promise<MacZip> {
  const end = await readZipEnd(source);
  const stamp = await findMacZipStamp(source, end);
  if (stamp !== undefined && end.entries === 0)
    throw new StampError("container_malformed", "The archive holds more entries than it says.");
  return { end, stamp };
}

/** A file's entry before the directory, and its record in the directory. */
interface AddedFile {
  entry: Uint8Array;
  record: Uint8Array;
}

/** Writes the directory of the original archive behind the added file, and the file's record behind it. */
async function planDirectory(
  source: ByteSource,
  { end, stamp }: MacZip,
  { entry, record }: AddedFile,
): Promise<BarePlan> {
  const start = stamp?.entryOffset ?? end.directoryOffset;
  const directoryBytes =
    (stamp?.recordOffset ?? end.directoryOffset + end.directoryBytes) - end.directoryOffset;
  const directoryOffset = start + entry.length;
  const endOffset = directoryOffset + directoryBytes + record.length;
  const ending = await moveZipEnd(source, end, {
    offset: directoryOffset - end.directoryOffset,
    bytes: directoryBytes + record.length - end.directoryBytes,
    entries: (record.length > 0 ? 1 : 0) - (stamp ? 1 : 0),
  });
  const patches = [
    { offset: start, bytes: entry },
    { offset: directoryOffset, bytes: await readExactly(source, end.directoryOffset, directoryBytes) },
    { offset: endOffset - record.length, bytes: record },
    { offset: endOffset, bytes: ending },
  ];
  return {
    patches: patches.filter(({ bytes }) => bytes.length > 0),
    newLength: endOffset + ending.length,
    notes: [],
  };
}

const maxOffset = 0xffff_fffe;

/** macOS writes its names in UTF-8 and seldom says so; said here, it is right for every reader. */
function isUtf8(name: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(name).length < name.length;
  } catch {
    return false;
  }
}

/** The entry (APPNOTE 4.3.7) and the record (4.3.12) of a stored file of 1 January 1980, readable by all. */
function encodeEntry({ end, stamp }: MacZip, attributesName: string, content: Uint8Array): AddedFile {
  const offset = (stamp?.entryOffset ?? end.directoryOffset) - end.prefixBytes;
  if (offset > maxOffset)
    throw new StampError("container_unsupported", "The archive is larger than 4 GB. Pack the app as a dmg.");
  const name = ascii(attributesName);
  const about = viewOf(new Uint8Array(26));
  about.setUint16(0, 10, true);
  about.setUint16(2, isUtf8(name) ? 0x800 : 0, true);
  about.setUint16(8, 0x21, true);
  about.setUint32(10, crc32(content), true);
  about.setUint32(14, content.length, true);
  about.setUint32(18, content.length, true);
  about.setUint16(22, name.length, true);
  const aboutBytes = new Uint8Array(about.buffer);
  const rest = viewOf(new Uint8Array(14));
  rest.setUint32(6, 0o100644 * 0x1_0000, true);
  rest.setUint32(10, offset, true);
  const entry = joinBytes(ascii("PK\x03\x04"), aboutBytes, name, content);
  // Made by version 2.1, on a Unix, as macOS says it.
  const record = joinBytes(ascii("PK\x01\x02\x15\x03"), aboutBytes, new Uint8Array(rest.buffer), name);
  return { entry, record };
}
