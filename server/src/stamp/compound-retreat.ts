import {
  type CompoundFile,
  type CompoundStream,
  compoundHeader,
  crc32,
  readExactly,
  StampError,
  sectorOffset,
  viewOf,
} from "@tallystick/sdk/stamp";
import { difatEndOffset, difatSlotOffset } from "./compound-growth.ts";
import { type Changes, orderPatches } from "./patches.ts";
import type { Patch } from "./stamp-plan.ts";

/** What stood where a stream was before it moved to the end. Everything else follows from the file itself. */
export interface MovedFrom {
  fileBytes: number;
  /** The twelve bytes of the directory: first sector and size. */
  entry: Uint8Array;
  /** The four bytes that ended the chain of the DIFAT: not every writer ends an empty one in the same way. */
  difatEnd: Uint8Array;
}

/** CRC-32 of the rest, u64be bytes of the file, the directory's twelve bytes, the DIFAT's four. */
export const movedFromBytes = 28;

/** Notes what stands at the places that a move to the end changes. */
export async function noteMovedFrom(file: CompoundFile, stream: CompoundStream): Promise<Uint8Array> {
  const note = new Uint8Array(movedFromBytes);
  viewOf(note).setBigUint64(4, BigInt(file.source.size));
  note.set(await readExactly(file.source, stream.placeOffset, 12), 12);
  note.set(await readExactly(file.source, difatEndOffset(file), 4), 24);
  viewOf(note).setUint32(0, crc32(note.subarray(4)));
  return note;
}

/** Reads the note again, or nothing when there is none. */
export function readMovedFrom(note: Uint8Array): MovedFrom | undefined {
  if (note.length < movedFromBytes) return undefined;
  const view = viewOf(note);
  if (view.getUint32(0) !== crc32(note.subarray(4, movedFromBytes))) return undefined;
  return {
    fileBytes: Number(view.getBigUint64(4)),
    entry: note.slice(12, 24),
    difatEnd: note.slice(24, movedFromBytes),
  };
}

/**
 * Plans the way back of a stream that was moved to the end: the file is cut to its former length, and its tables
 * forget the sectors behind that. Whether the result is the original is for the caller to check: another program
 * may have changed the file since.
 *
 * @throws StampError `container_malformed` when the note does not fit the file.
 */
export function retreatFromEnd(file: CompoundFile, stream: CompoundStream, from: MovedFrom): Changes {
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
    { offset: compoundHeader.fatCount, bytes: count(fatCount) },
    ...(file.difatSectors.length === 0
      ? []
      : [{ offset: compoundHeader.difatCount, bytes: count(difatCount) }]),
    ...forgetSectors(former, first, file.sectorCount),
    ...forgetTables(former, file.fatSectors.length),
  ];
  return { patches: orderPatches(patches), newLength: from.fileBytes };
}

function count(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
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
