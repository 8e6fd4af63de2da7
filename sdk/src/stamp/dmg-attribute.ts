import { stampMagic } from "../protocol/stamp-frame.ts";
import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { hasBytesAt } from "./bytes-at.ts";
import { attributeRunsOf } from "./hfs-plus.ts";
import { StampError } from "./stamp-error.ts";
import type { UdifLayout } from "./udif.ts";
import { type UdifRun, type UdifTable, udifRunKind } from "./udif-table.ts";

/** Where the attribute of the application stands in a disk image. */
export interface DmgAttribute {
  /** The table of the partition that it lies in. */
  readonly table: UdifTable;
  /** In the file. */
  readonly offset: number;
  /** In the partition. */
  readonly start: number;
  /** The attribute's value, all of it. */
  readonly bytes: Uint8Array;
}

/**
 * The attribute that macOS keeps for marks like ours: it is copied with the application, and neither the signature
 * nor the notarisation covers it.
 */
export const applicationInstance = "com.apple.application-instance";

/** The most that HFS+ keeps beside the attribute's name, in nodes of 8 KB. */
const maxValueBytes = 3802;

/** The most that is searched. HFS+ fills its attributes' file from the front, and applications have few. */
const maxSearchedBytes = 4 << 20;
const windowBytes = 256 << 10;

/**
 * How a record of HFS+'s attributes begins before an attribute of ours (TN1150): the name as UTF-16BE with its length,
 * u32be kind (0x10: the value follows), eight bytes unused, u32be length of the value.
 */
const recordStart = Uint8Array.from([
  0,
  applicationInstance.length,
  ...[...applicationInstance].flatMap((letter) => [0, letter.charCodeAt(0)]),
  ...[0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0],
]);
const recordBytes = recordStart.length + 4;

/** A run that was kept apart for the stamp lies last in the file, and is not larger than this. */
const maxPreparedBytes = 16 << 20;

/**
 * Looks for the application's attribute where a disk image is not compressed: in the run that lies last in the file,
 * which is where preparing an image puts it, and otherwise where the volumes say that their attributes are, or, when
 * none is HFS+, at the front of the runs. A value that does not begin with a frame is not ours, and is passed over.
 *
 * @param most - how many are looked for: two, to see that the first is the only one.
 * @throws StampError `container_malformed`.
 */
export async function findDmgAttributes(
  source: ByteSource,
  layout: UdifLayout,
  most = 1,
): Promise<DmgAttribute[]> {
  const raw = layout.tables
    .flatMap((table) => table.runs.map((run) => ({ table, run })))
    .filter(({ run }) => run.kind === udifRunKind.raw)
    .sort((one, other) => one.run.offset - other.run.offset);
  const last = raw.at(-1);
  const isPrepared = last !== undefined && last.run.length <= maxPreparedBytes;
  const prepared = isPrepared ? await searchRuns(source, [last], most) : [];
  if (prepared.length > 0) return prepared;
  const attributes: PlacedRun[] = [];
  for (const table of layout.tables)
    for (const run of await attributeRunsOf(source, table)) attributes.push({ table, run });
  return searchRuns(source, attributes.length > 0 ? attributes : raw, most);
}

/** A run, and the table that it is in. */
interface PlacedRun {
  table: UdifTable;
  run: UdifRun;
}

async function searchRuns(
  source: ByteSource,
  runs: readonly PlacedRun[],
  most: number,
): Promise<DmgAttribute[]> {
  const found: DmgAttribute[] = [];
  let searched = 0;
  for (const { table, run } of runs) {
    const length = Math.min(run.length, maxSearchedBytes - searched);
    searched += length;
    for await (const place of searchRun(source, run, length)) {
      found.push({ table, ...place });
      if (found.length === most) return found;
    }
  }
  return found;
}

/** A run may be as large as the image: windows over it overlap, so that a record on a border is seen whole, once. */
async function* searchRun(source: ByteSource, run: UdifRun, length: number) {
  for (let from = 0; from < length; from += windowBytes) {
    const window = await readExactly(
      source,
      run.offset + from,
      Math.min(windowBytes + recordBytes + maxValueBytes, run.length - from),
    );
    for (const { at, bytes } of attributesIn(window, windowBytes))
      yield { offset: run.offset + from + at, start: run.start + from + at, bytes: bytes.slice() };
  }
}

/**
 * The values of the attribute in a piece of a volume, and where in it each begins.
 *
 * @param within - where its record must begin; what follows is there to see it whole.
 * @throws StampError `container_malformed`.
 */
export function* attributesIn(
  piece: Uint8Array,
  within: number = piece.length,
): Generator<{ at: number; bytes: Uint8Array }> {
  const first = recordStart[1] ?? 0;
  const view = viewOf(piece);
  for (
    let next = piece.indexOf(first, 1);
    next > 0 && next <= within;
    next = piece.indexOf(first, next + 1)
  ) {
    // One byte of every 256 is the first; most of them are passed over here, without comparing all of the record.
    if (piece[next + 2] !== recordStart[3]) continue;
    const at = next - 1 + recordBytes;
    if (!hasBytesAt(piece, recordStart, next - 1) || !hasBytesAt(piece, stampMagic, at)) continue;
    const length = view.getUint32(at - 4);
    if (length > maxValueBytes || at + length > piece.length)
      throw new StampError("container_malformed", "The disk image has an attribute of an impossible size.");
    yield { at, bytes: piece.subarray(at, at + length) };
  }
}
