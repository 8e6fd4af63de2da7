import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
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
const windowBytes = 64 << 10;
const isDirectory = 0x02;
const isContinued = 0x80;

/** The name in full, and as the oldest level of ISO 9660 shortens it to eight and three characters. */
const names = ["TALLYSTICK.TOKEN", "TALLYSTI.TOK"];

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
    for (let start = 0; start < window.length; start += sectorBytes)
      for (const record of recordsOf(window.subarray(start, start + sectorBytes)))
        if (isPlaceholder(record, root)) return locate(record, root);
  }
  return undefined;
}

function* recordsOf(sector: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < sector.length; ) {
    const length = sector[at] ?? 0;
    if (length === 0) return;
    if (length < 34 || at + length > sector.length || 33 + (sector[at + 32] ?? 0) > length)
      throw new StampError("container_malformed", "The image has a directory with a broken entry.");
    yield sector.subarray(at, at + length);
    at += length;
  }
}

function isPlaceholder(record: Uint8Array, root: IsoRoot): boolean {
  const nameEnd = 33 + (record[32] ?? 0);
  const name = new TextDecoder(root.names).decode(record.subarray(33, nameEnd)).replace(/\.?;\d+$/, "");
  if (((record[25] ?? 0) & isDirectory) !== 0) return false;
  if (names.includes(name.toUpperCase())) return true;
  return root.names === "latin1" && rockRidgeName(record.subarray(nameEnd)).toUpperCase() === names[0];
}

/** The alternate name of Rock Ridge (RRIP 4.1.4), in the entries for the system behind the name (SUSP 4). */
function rockRidgeName(systemUse: Uint8Array): string {
  // A byte of padding precedes them when the name has an even length; an entry never begins with zero.
  for (let at = systemUse[0] === 0 ? 1 : 0; at + 5 <= systemUse.length; ) {
    const length = systemUse[at + 2] ?? 0;
    if (length < 4) return "";
    if (systemUse[at] === 0x4e && systemUse[at + 1] === 0x4d)
      return new TextDecoder("latin1").decode(systemUse.subarray(at + 5, at + length));
    at += length;
  }
  return "";
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
