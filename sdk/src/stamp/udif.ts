import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { StampError } from "./stamp-error.ts";
import { readUdifCrc, readUdifTables, type UdifTable } from "./udif-table.ts";

/** A disk image of macOS (UDIF, the format of `hdiutil`): a data fork, a property list, and a trailer that names both. */
export interface UdifLayout {
  /** Where the compressed and raw runs lie. */
  readonly dataFork: { readonly offset: number; readonly length: number };
  /** The property list, and where the trailer begins. */
  readonly plist: { readonly offset: number; readonly length: number };
  /** Where the trailer of 512 bytes begins, in the file. */
  readonly trailerOffset: number;
  /** The sum over the data fork as it lies in the file. */
  readonly dataForkSum: UdifSum;
  /** The sum over the tables' sums. */
  readonly masterSum: UdifSum;
  /** One for each partition, in the order of the property list. */
  readonly tables: readonly UdifTable[];
}

/** A sum as the trailer keeps it. */
export interface UdifSum {
  /** Where its number stands in the file, u32be. */
  readonly offset: number;
  /** CRC-32, or nothing when the image has none. */
  readonly crc: number | undefined;
}

const trailerBytes = 512;
/** The property list of an image of 100 GB has about 16 MB. */
const maxPlistBytes = 32 << 20;

const malformed = (what: string) => new StampError("container_malformed", `The disk image ${what}.`);
const unsupported = (what: string) => new StampError("container_unsupported", what);

/** Whether a file ends with the trailer of a disk image: "koly", version 4, 512 bytes. */
export async function hasUdifTrailer(source: ByteSource): Promise<boolean> {
  if (source.size < trailerBytes) return false;
  const start = await source.read(source.size - trailerBytes, 12);
  return [0x6b, 0x6f, 0x6c, 0x79, 0, 0, 0, 4, 0, 0, 2, 0].every((byte, index) => start[index] === byte);
}

/** What the trailer says without the property list. */
export type UdifTrailer = Omit<UdifLayout, "tables">;

/**
 * Reads the trailer of a disk image.
 *
 * @throws StampError `container_malformed`; `container_unsupported` for images that are signed, split, of the time
 * before property lists, or with sums that nobody can correct.
 */
export async function readUdifTrailer(source: ByteSource): Promise<UdifTrailer> {
  const start = source.size - trailerBytes;
  const trailer = viewOf(await readExactly(source, start, trailerBytes));
  const dataFork = { offset: long(trailer, 24), length: long(trailer, 32) };
  const plist = { offset: long(trailer, 216), length: long(trailer, 224) };
  if (trailer.getUint32(60) > 1)
    throw unsupported("This disk image is split into several files. Make it as one.");
  if (long(trailer, 304) !== 0)
    throw unsupported(
      "This disk image is signed itself, which a stamp would break. Sign and notarise the application in it instead, and leave the image unsigned.",
    );
  if (plist.length === 0) throw unsupported("This disk image has no property list. Convert it by hdiutil.");
  if (plist.length > maxPlistBytes || dataFork.offset + dataFork.length > start)
    throw malformed("names parts that it cannot have");
  return {
    dataFork,
    plist,
    trailerOffset: start,
    dataForkSum: readSum(trailer, start, 80),
    masterSum: readSum(trailer, start, 352),
  };
}

/**
 * Reads the trailer and the property list of a disk image.
 *
 * @throws StampError as `readUdifTrailer`.
 */
export async function readUdif(source: ByteSource): Promise<UdifLayout> {
  const trailer = await readUdifTrailer(source);
  const { dataFork, plist } = trailer;
  const text = new TextDecoder("latin1").decode(await readExactly(source, plist.offset, plist.length));
  if (/<key>(?:cSum|nsiz)<\/key>\s*<array>\s*<dict>/.test(text))
    throw unsupported(
      "This disk image has sums of an old kind (cSum, nsiz). Convert it by `hdiutil convert` on a newer macOS.",
    );
  return { ...trailer, tables: readUdifTables(text, plist.offset, dataFork) };
}

function long(view: DataView, offset: number): number {
  const value = view.getUint32(offset) * 2 ** 32 + view.getUint32(offset + 4);
  if (!Number.isSafeInteger(value)) throw malformed("has an impossible number");
  return value;
}

function readSum(trailer: DataView, start: number, at: number): UdifSum {
  return { offset: start + at + 8, crc: readUdifCrc(trailer, at) };
}
