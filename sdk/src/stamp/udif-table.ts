import { viewOf } from "./byte-source.ts";
import { ascii } from "./bytes-at.ts";
import { StampError } from "./stamp-error.ts";

/** What a table ("blkx") tells of one partition: its sum, and the runs that make it up. */
export interface UdifTable {
  /** CRC-32 over the partition's bytes, without the runs that are left out; nothing when it has none. */
  readonly crc: number | undefined;
  /** The table as it stands in the property list, line ends and tabs included, and where in the file. */
  readonly base64: { readonly text: string; readonly offset: number };
  /** Where in the file the offsets in the runs' rows are counted from. */
  readonly runsBase: number;
  /** In the order of the partition. */
  readonly runs: readonly UdifRun[];
}

/** A stretch of a partition, and where it lies in the file. */
export interface UdifRun {
  /** 1 is raw, 0 zeros, 2 zeros that no sum counts; the others are compressed. */
  readonly kind: number;
  /** In the partition, in bytes. */
  readonly start: number;
  /** In the partition, in bytes. */
  readonly length: number;
  /** In the file. */
  readonly offset: number;
  /** In the file; compressed runs have fewer than in the partition. */
  readonly packedLength: number;
  /** Where in the table the run's row begins. */
  readonly row: number;
}

/** The kinds of runs that matter here. */
export const udifRunKind = { zeros: 0, raw: 1, leftOut: 2, zlib: 0x80_00_00_05 } as const;

/** Where the number of a table's sum stands in it, u32be. */
export const udifTableCrcAt = 72;

const sectorBytes = 512;
const headBytes = 204;
const runBytes = 40;
const comment = 0x7f_ff_ff_fe;
const end = 0xff_ff_ff_ff;
const malformed = (what: string) => new StampError("container_malformed", `The disk image ${what}.`);

/**
 * Reads the tables out of the property list: what stands in its `blkx` array. Of the list itself nothing else is
 * needed, so it is searched, not parsed.
 *
 * @param at - where the text begins in the file. Its characters must be its bytes.
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function readUdifTables(
  text: string,
  at: number,
  dataFork: { offset: number; length: number },
): UdifTable[] {
  const key = text.indexOf("<key>blkx</key>");
  const arrayEnd = text.indexOf("</array>", key);
  if (key < 0 || arrayEnd < 0) throw malformed("has no tables in its property list");
  const tables: UdifTable[] = [];
  for (let from = text.indexOf("<data>", key); from >= 0 && from < arrayEnd; ) {
    const until = text.indexOf("</data>", from);
    if (until < 0) throw malformed("has a table without an end");
    tables.push(readTable(text.slice(from + 6, until), at + from + 6, dataFork));
    from = text.indexOf("<data>", until);
  }
  return tables;
}

function readTable(base64: string, at: number, dataFork: { offset: number; length: number }): UdifTable {
  const bytes = decodeBase64(base64);
  const view = viewOf(bytes);
  const count = bytes.length < headBytes ? -1 : view.getUint32(200);
  if (count < 0 || view.getUint32(0) !== 0x6d_69_73_68 || bytes.length < headBytes + count * runBytes)
    throw malformed("has a broken table");
  return {
    crc: readUdifCrc(view, 64),
    base64: { text: base64, offset: at },
    runsBase: dataFork.offset + long(view, 24),
    runs: readRuns(view, count, dataFork),
  };
}

function decodeBase64(text: string): Uint8Array {
  try {
    return ascii(atob(text));
  } catch (cause) {
    throw new StampError("container_malformed", "The disk image has a table that is not base64.", { cause });
  }
}

function readRuns(view: DataView, count: number, dataFork: { offset: number; length: number }): UdifRun[] {
  const base = dataFork.offset + long(view, 24);
  const runs: UdifRun[] = [];
  let start = 0;
  for (let index = 0; index < count; index++) {
    const at = headBytes + index * runBytes;
    const kind = view.getUint32(at);
    if (kind === comment) continue;
    if (kind === end) break;
    const length = long(view, at + 16) * sectorBytes;
    const offset = base + long(view, at + 24);
    const packedLength = long(view, at + 32);
    const isRawWhole = kind !== udifRunKind.raw || packedLength === length;
    const isInside = offset + packedLength <= dataFork.offset + dataFork.length;
    if (long(view, at + 8) * sectorBytes !== start || !isRawWhole || !isInside)
      throw malformed("has runs that do not follow each other, or lie outside");
    runs.push({ kind, start, length, offset, packedLength, row: at });
    start += length;
  }
  return runs;
}

function long(view: DataView, offset: number): number {
  const value = view.getUint32(offset) * 2 ** 32 + view.getUint32(offset + 4);
  if (value > 2 ** 44) throw malformed("has an impossible number");
  return value;
}

/**
 * A sum of UDIF: u32be kind, u32be bits, 128 bytes. Kind 2 is CRC-32, kind 0 is none.
 *
 * @throws StampError `container_unsupported` for other kinds.
 */
export function readUdifCrc(view: DataView, at: number): number | undefined {
  const [kind, bits] = [view.getUint32(at), view.getUint32(at + 4)];
  if (kind === 0) return undefined;
  if (kind !== 2 || bits !== 32)
    throw new StampError(
      "container_unsupported",
      "This disk image has sums other than CRC-32. Convert it by `hdiutil convert`.",
    );
  return view.getUint32(at + 8);
}
