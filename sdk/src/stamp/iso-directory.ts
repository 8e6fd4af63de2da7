import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { ascii } from "./bytes-at.ts";
import { StampError } from "./stamp-error.ts";

/** A directory of an ISO 9660 image. */
export interface IsoRoot {
  readonly offset: number;
  readonly bytes: number;
  readonly blockBytes: number;
  /** How the names are written: Joliet has UTF-16 of its own, the others are read as Latin-1. */
  readonly names: "latin1" | "utf-16be";
}

/** Where a file's bytes lie. */
export interface FoundFile {
  readonly offset: number;
  readonly bytes: number;
}

const sectorBytes = 2048;
/** A root with thirty thousand names. */
const maxDirectoryBytes = 4 << 20;
const windowBytes = 256 << 10;
const isDirectory = 0x02;
const isContinued = 0x80;

/** The name in full, and as the oldest level of ISO 9660 shortens it to eight and three characters. */
const ourBeginning = ascii("TALLYSTI");
const ourNames = ["TALLYSTICK.TOKEN", "TALLYSTI.TOK"];

/**
 * Finds the file `tallystick.token` in a directory, under the name of ISO 9660, Rock Ridge or Joliet.
 *
 * @throws StampError `container_malformed`, and `container_unsupported` when it lies in several pieces.
 */
export async function findRootFile(source: ByteSource, root: IsoRoot): Promise<FoundFile | undefined> {
  if (root.bytes > maxDirectoryBytes)
    throw new StampError("container_malformed", "The image's root has an impossible size.");
  for (let done = 0; done < root.bytes; done += windowBytes) {
    const window = await readExactly(source, root.offset + done, Math.min(windowBytes, root.bytes - done));
    // Records never cross the border of a sector, so neither do they cross that of a window.
    for (let start = 0; start < window.length; start += sectorBytes) {
      const record = findInSector(window, start, root);
      if (record) return locate(record, root);
    }
  }
  return undefined;
}

/** The placeholder's record, if it is in the sector that begins here. */
function findInSector(window: Uint8Array, start: number, root: IsoRoot): Uint8Array | undefined {
  const sectorEnd = Math.min(start + sectorBytes, window.length);
  for (let at = start; at < sectorEnd; ) {
    const length = window[at] ?? 0;
    if (length === 0) return undefined;
    const nameEnd = at + 33 + (window[at + 32] ?? 0);
    if (length < 34 || at + length > sectorEnd || nameEnd > at + length)
      throw new StampError("container_malformed", "The image has a directory with a broken entry.");
    if (((window[at + 25] ?? 0) & isDirectory) === 0) {
      const isOurs =
        hasOurName(window, { at: at + 33, end: nameEnd }, root) ||
        (root.names === "latin1" && hasRockRidgeName(window, { at: nameEnd, end: at + length }));
      if (isOurs) return window.subarray(at, at + length);
    }
    at += length;
  }
  return undefined;
}

/** Where something stands in the bytes of a directory. */
interface Span {
  at: number;
  end: number;
}

function hasOurName(bytes: Uint8Array, { at, end }: Span, { names }: IsoRoot): boolean {
  if (!mayBeOurs(bytes, at, names === "latin1" ? 1 : 2)) return false;
  const name = new TextDecoder(names).decode(bytes.subarray(at, end)).replace(/\.?;\d+$/, "");
  return ourNames.includes(name.toUpperCase());
}

/** A root may hold tens of thousands of names: most have another of the first eight letters, and are not decoded. */
function mayBeOurs(bytes: Uint8Array, at: number, letterBytes: 1 | 2): boolean {
  for (let index = 0; index < 8; index++)
    if (((bytes[at + (index + 1) * letterBytes - 1] ?? 0) & 0xdf) !== ourBeginning[index]) return false;
  return true;
}

/** The alternate name of Rock Ridge (RRIP 4.1.4), in the entries for the system behind the name (SUSP 4). */
function hasRockRidgeName(bytes: Uint8Array, { at: start, end }: Span): boolean {
  // A byte of padding precedes them when the name has an even length; an entry never begins with zero.
  for (let at = bytes[start] === 0 ? start + 1 : start; at + 5 <= end; ) {
    const length = bytes[at + 2] ?? 0;
    if (length < 4) return false;
    if (bytes[at] === 0x4e && bytes[at + 1] === 0x4d) {
      if (!mayBeOurs(bytes, at + 5, 1)) return false;
      const name = bytes.subarray(at + 5, Math.min(at + length, end));
      return new TextDecoder("latin1").decode(name).toUpperCase() === ourNames[0];
    }
    at += length;
  }
  return false;
}

function locate(record: Uint8Array, root: IsoRoot): FoundFile {
  const view = viewOf(record);
  const isInterleaved = view.getUint8(26) !== 0 || view.getUint8(27) !== 0;
  if (((record[25] ?? 0) & isContinued) !== 0 || isInterleaved)
    throw new StampError(
      "container_unsupported",
      "The file tallystick.token lies in several pieces in this image.",
    );
  const extent = view.getUint32(2, true) + view.getUint8(1);
  return { offset: extent * root.blockBytes, bytes: view.getUint32(10, true) };
}
