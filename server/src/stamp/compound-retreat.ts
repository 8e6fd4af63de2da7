import {
  type CompoundChain,
  type CompoundFile,
  type CompoundStream,
  compoundHeader,
  crc32,
  readExactly,
  readStreamChain,
  StampError,
  sectorMark,
  sectorOffset,
  viewOf,
} from "@tallystick/sdk/stamp";
import { difatEndOffset, difatSlotOffset } from "./compound-growth.ts";
import { numbers } from "./compound-numbers.ts";
import { type Changes, orderPatches } from "./patches.ts";
import type { Patch } from "./stamp-plan.ts";

/** What stood where a stream was before it moved to the end. Everything else follows from the file itself. */
export interface MovedFrom {
  fileBytes: number;
  /** The twelve bytes of the directory: first sector and size. */
  entry: Uint8Array;
  /** The four bytes that ended the chain of the DIFAT: not every writer ends an empty one in the same way. */
  difatEnd: Uint8Array;
  /** The stream's sectors, which are free now. */
  sectors: readonly number[];
}

/** CRC-32 of the rest, u64be bytes of the file, the directory's twelve, the DIFAT's four, u16be count of runs. */
const headBytes = 30;
/** A run of the stream's sectors: u32be first, u32be count. */
const runBytes = 8;
/** Writers put a signature into one run, or two. */
const maxRuns = 256;

/**
 * Notes what stands at the places that a move to the end changes.
 *
 * @throws StampError `container_unsupported` when the stream lies in too many pieces.
 */
export async function noteMovedFrom(
  file: CompoundFile,
  { stream, chain }: { stream: CompoundStream; chain: CompoundChain },
): Promise<Uint8Array> {
  const runs = runsOf(chain.sectors);
  if (runs.length > maxRuns)
    throw new StampError("container_unsupported", "The signature of this MSI lies in too many pieces.");
  const note = new Uint8Array(headBytes + runs.length * runBytes);
  const view = viewOf(note);
  view.setBigUint64(4, BigInt(file.source.size));
  note.set(await readExactly(file.source, stream.placeOffset, 12), 12);
  note.set(await readExactly(file.source, difatEndOffset(file), 4), 24);
  view.setUint16(28, runs.length);
  for (const [index, { first, count }] of runs.entries()) {
    view.setUint32(headBytes + index * runBytes, first);
    view.setUint32(headBytes + index * runBytes + 4, count);
  }
  view.setUint32(0, crc32(note.subarray(4)));
  return note;
}

function runsOf(sectors: readonly number[]) {
  const runs: { first: number; count: number }[] = [];
  for (const sector of sectors) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === sector) last.count++;
    else runs.push({ first: sector, count: 1 });
  }
  return runs;
}

/** Reads the note again, or nothing when there is none. */
export function readMovedFrom(note: Uint8Array): MovedFrom | undefined {
  if (note.length < headBytes) return undefined;
  const view = viewOf(note);
  const end = headBytes + view.getUint16(28) * runBytes;
  if (end > note.length || view.getUint32(0) !== crc32(note.subarray(4, end))) return undefined;
  const sectors: number[] = [];
  for (let at = headBytes; at < end; at += runBytes)
    for (let index = 0; index < view.getUint32(at + 4); index++) {
      if (sectors.length === maxSectors) return undefined;
      sectors.push(view.getUint32(at) + index);
    }
  return {
    fileBytes: Number(view.getBigUint64(4)),
    entry: note.slice(12, 24),
    difatEnd: note.slice(24, 28),
    sectors,
  };
}

/** More than any signature that is read has. */
const maxSectors = 1 << 14;

/**
 * Plans the way back of a stream that was moved to the end: the file is cut to its former length, its tables forget
 * the sectors behind that, and the stream has its former ones again. Whether the result is the original is for the
 * caller to check: another program may have changed the file since.
 *
 * @throws StampError `container_malformed` when the note does not fit the file.
 */
export async function retreatFromEnd(
  file: CompoundFile,
  stream: CompoundStream,
  from: MovedFrom,
): Promise<Changes> {
  const first = Math.ceil(from.fileBytes / file.sectorBytes) - 1;
  const fatCount = file.fatSectors.filter((sector) => sector < first).length;
  const difatCount = file.difatSectors.filter((sector) => sector < first).length;
  const isSane = Number.isSafeInteger(from.fileBytes) && first > 0 && first < file.sectorCount;
  if (!isSane || stream.firstSector !== first || fatCount === 0)
    throw new StampError("container_malformed", "The note of what this MSI was before does not fit it.");
  const former = {
    ...file,
    fatSectors: file.fatSectors.slice(0, fatCount),
    difatSectors: file.difatSectors.slice(0, difatCount),
  };
  const patches: Patch[] = [
    { offset: stream.placeOffset, bytes: from.entry },
    { offset: difatEndOffset(former), bytes: from.difatEnd },
    { offset: compoundHeader.fatCount, bytes: numbers([fatCount]) },
    ...(file.difatSectors.length === 0
      ? []
      : [{ offset: compoundHeader.difatCount, bytes: numbers([difatCount]) }]),
    ...forgetSectors(former, first, file.sectorCount),
    ...forgetTables(former, file.fatSectors.length),
    ...(await chainAgain(former, from)),
  ];
  return { patches: orderPatches(patches), newLength: from.fileBytes };
}

const free = (entries: number) => new Uint8Array(4 * entries).fill(0xff);

function forgetSectors(former: CompoundFile, first: number, end: number): Patch[] {
  const perFat = former.sectorBytes / 4;
  return former.fatSectors.flatMap((sector, index) => {
    const from = Math.max(first, index * perFat);
    const entries = Math.min(end, (index + 1) * perFat) - from;
    return entries <= 0
      ? []
      : [{ offset: sectorOffset(former, sector) + (from % perFat) * 4, bytes: free(entries) }];
  });
}

function forgetTables(former: CompoundFile, fatCount: number): Patch[] {
  const slots = compoundHeader.difatEntries + former.difatSectors.length * (former.sectorBytes / 4 - 1);
  const patches: Patch[] = [];
  for (let index = former.fatSectors.length; index < Math.min(fatCount, slots); index++)
    patches.push({ offset: difatSlotOffset(former, index), bytes: free(1) });
  return patches;
}

/** Whether the stream was a small one is told by its former size. */
async function chainAgain(former: CompoundFile, { entry, sectors }: MovedFrom): Promise<Patch[]> {
  const [firstSector, size] = [sectorMark.endOfChain, viewOf(entry).getUint32(4, true)];
  const { entryOffset } = await readStreamChain(former, { firstSector, size, placeOffset: 0 });
  return sectors.map((sector, index) => ({
    offset: entryOffset(sector),
    bytes: numbers([sectors[index + 1] ?? sectorMark.endOfChain]),
  }));
}
