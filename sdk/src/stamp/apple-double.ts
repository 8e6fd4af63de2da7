import { viewOf } from "./byte-source.ts";
import { ascii, hasBytesAt } from "./bytes-at.ts";

/** Where the entries of the two parts stand, and the Finder's own 32 bytes behind them. */
const header = {
  entryCount: 24,
  finder: 26,
  resource: 38,
  finderBytes: 50,
  attributes: 84,
  firstAttribute: 120,
};
const filler = ascii("Mac OS X        ");
const attributesMagic = 0x41_54_54_52; // ATTR
const finderInfo = 9;
const resourceFork = 2;

/**
 * An AppleDouble file with one extended attribute, as macOS writes it beside a file where the file itself has no room
 * for one (RFC 1740, with the attributes' header of `copyfile` and the kernel's `vfs_xattr`). Big-endian throughout.
 *
 * @param name - ASCII, at most 127 letters.
 */
export function encodeAppleDouble(name: string, value: Uint8Array): Uint8Array {
  const start = appleDoubleHeaderBytes(name);
  const bytes = new Uint8Array(start + value.length);
  const view = viewOf(bytes);
  view.setUint32(0, 0x00_05_16_07);
  view.setUint32(4, 0x00_02_00_00);
  bytes.set(filler, 8);
  view.setUint16(header.entryCount, 2);
  // The attributes count as a part of the Finder's information; the resource fork is there, and empty.
  putEntry(view, header.finder, [finderInfo, header.finderBytes, bytes.length - header.finderBytes]);
  putEntry(view, header.resource, [resourceFork, bytes.length, 0]);
  // Magic, a tag for debugging, the end of all, where values begin and how long they are; then flags and a count.
  putEntry(view, header.attributes, [attributesMagic, 0, bytes.length, start, value.length]);
  view.setUint16(header.attributes + 34, 1);
  putEntry(view, header.firstAttribute, [start, value.length]);
  view.setUint8(header.firstAttribute + 10, name.length + 1);
  bytes.set(ascii(name), header.firstAttribute + 11);
  bytes.set(value, start);
  return bytes;
}

/** How much stands before the value of the one attribute. Attributes' entries are aligned to four bytes. */
export const appleDoubleHeaderBytes = (name: string): number =>
  header.firstAttribute + Math.ceil((11 + name.length + 1) / 4) * 4;

/** The value in what `encodeAppleDouble` makes for that name; nothing for any other file. */
export function decodeAppleDouble(name: string, bytes: Uint8Array): Uint8Array | undefined {
  const start = appleDoubleHeaderBytes(name);
  if (bytes.length < start) return undefined;
  const value = bytes.subarray(start);
  return hasBytesAt(bytes, encodeAppleDouble(name, value).subarray(0, start)) ? value : undefined;
}

const putEntry = (view: DataView, at: number, words: readonly number[]) =>
  words.forEach((word, index) => {
    view.setUint32(at + 4 * index, word);
  });
