import {
  type CompoundChain,
  type CompoundFile,
  type CompoundStream,
  compoundHeader,
  readExactly,
  StampError,
  sectorMark,
  sectorOffset,
  viewOf,
} from "@tallystick/sdk/stamp";
import { numbers } from "./compound-numbers.ts";
import { type Changes, orderPatches } from "./patches.ts";
import type { Patch } from "./stamp-plan.ts";

/** Windows Installer opens no more, and beyond it the format keeps a sector free for locks (MS-CFB 2.6.4). */
const maxFileBytes = 2 ** 31 - 1;

/** Sectors that a file grows by: the stream's, then what the FAT and the DIFAT need for them all. */
interface Growth {
  first: number;
  stream: number;
  fat: number;
  difat: number;
}

const total = (growth: Growth) => growth.stream + growth.fat + growth.difat;
const range = (length: number) => Array.from({ length }, (_, index) => index);

/**
 * Plans how a stream gets new content in new sectors at the end of the file. Nothing that is there moves: the former
 * sectors keep their bytes and become free, as strict readers want of sectors that no stream has.
 *
 * @param chain - the stream's former sectors.
 * @throws StampError `container_unsupported` when the file has bytes behind its sectors, or grows beyond 2 GB.
 */
export async function moveStreamToEnd(
  file: CompoundFile,
  { stream, chain }: { stream: CompoundStream; chain: CompoundChain },
  content: Uint8Array,
): Promise<Changes> {
  const growth = planGrowth(file, content.length);
  const newLength = sectorOffset(file, growth.first + total(growth));
  if (newLength > maxFileBytes)
    throw new StampError("container_unsupported", "With the stamp this MSI would be larger than 2 GB.");
  const entry = new Uint8Array(12);
  viewOf(entry).setUint32(0, growth.first, true);
  viewOf(entry).setUint32(4, content.length, true);
  const sectors = new Uint8Array(growth.stream * file.sectorBytes);
  sectors.set(content);
  const patches = [
    { offset: stream.placeOffset, bytes: entry },
    { offset: sectorOffset(file, growth.first), bytes: sectors },
    ...chain.sectors.map((sector) => ({
      offset: chain.entryOffset(sector),
      bytes: numbers([sectorMark.free]),
    })),
    ...(await patchFat(file, growth)),
    ...(await patchDifat(file, growth)),
  ];
  return { patches: orderPatches(patches), newLength };
}

function planGrowth(file: CompoundFile, contentBytes: number): Growth {
  const perFat = file.sectorBytes / 4;
  const covered = file.fatSectors.length * perFat;
  if (file.sectorCount > covered)
    throw new StampError("container_unsupported", "This MSI has bytes behind its last sector.");
  const growth: Growth = {
    first: file.sectorCount,
    stream: Math.ceil(contentBytes / file.sectorBytes),
    fat: 0,
    difat: 0,
  };
  // The tables need sectors that the tables must cover: twice around is enough, more is harmless.
  for (let before = -1; before !== total(growth); ) {
    before = total(growth);
    growth.fat = Math.max(0, Math.ceil((growth.first + before - covered) / perFat));
    const beyondHeader = Math.max(0, file.fatSectors.length + growth.fat - compoundHeader.difatEntries);
    growth.difat = Math.ceil(beyondHeader / (perFat - 1)) - file.difatSectors.length;
  }
  return growth;
}

/** What the FAT says of a new sector, or of one that does not exist yet. */
function fatEntry(growth: Growth, sector: number): number {
  const index = sector - growth.first;
  if (index < growth.stream - 1) return sector + 1;
  if (index === growth.stream - 1) return sectorMark.endOfChain;
  if (index < growth.stream + growth.fat) return sectorMark.fat;
  return index < total(growth) ? sectorMark.difat : sectorMark.free;
}

async function patchFat(file: CompoundFile, growth: Growth): Promise<Patch[]> {
  const perFat = file.sectorBytes / 4;
  const patches: Patch[] = [];
  for (let index = Math.floor(growth.first / perFat); index < file.fatSectors.length; index++) {
    const from = Math.max(growth.first, index * perFat);
    const count = Math.min(growth.first + total(growth), (index + 1) * perFat) - from;
    if (count <= 0) break;
    const offset = sectorOffset(file, file.fatSectors[index] ?? 0) + (from % perFat) * 4;
    await expectFree(file, offset, count);
    patches.push({ offset, bytes: numbers(range(count).map((step) => fatEntry(growth, from + step))) });
  }
  for (let index = 0; index < growth.fat; index++) {
    const from = (file.fatSectors.length + index) * perFat;
    const offset = sectorOffset(file, growth.first + growth.stream + index);
    patches.push({ offset, bytes: numbers(range(perFat).map((step) => fatEntry(growth, from + step))) });
  }
  return patches;
}

/** The list of the FAT's sectors: 109 in the header, the others in sectors of their own. */
async function patchDifat(file: CompoundFile, growth: Growth): Promise<Patch[]> {
  if (growth.fat === 0) return [];
  const named = file.fatSectors.length + growth.fat;
  const fatSector = (index: number) =>
    index < named ? growth.first + growth.stream + index - file.fatSectors.length : sectorMark.free;
  const patches: Patch[] = [{ offset: compoundHeader.fatCount, bytes: numbers([named]) }];
  const slots = Math.min(named, difatSlots(file, file.difatSectors.length));
  for (let index = file.fatSectors.length; index < slots; index++) {
    const offset = difatSlotOffset(file, index);
    await expectFree(file, offset, 1);
    patches.push({ offset, bytes: numbers([fatSector(index)]) });
  }
  return growth.difat === 0 ? patches : [...patches, ...extendDifat(file, growth, fatSector)];
}

function extendDifat(file: CompoundFile, growth: Growth, fatSector: (index: number) => number): Patch[] {
  const first = growth.first + growth.stream + growth.fat;
  const perSector = file.sectorBytes / 4 - 1;
  const added = range(growth.difat).map((index): Patch => {
    const slot = difatSlots(file, file.difatSectors.length + index);
    const next = index + 1 < growth.difat ? first + index + 1 : sectorMark.endOfChain;
    const entries = range(perSector).map((step) => fatSector(slot + step));
    return { offset: sectorOffset(file, first + index), bytes: numbers([...entries, next]) };
  });
  return [
    { offset: compoundHeader.difatCount, bytes: numbers([file.difatSectors.length + growth.difat]) },
    { offset: difatEndOffset(file), bytes: numbers([first]) },
    ...added,
  ];
}

/** How many sectors of the FAT the header and so many sectors of the DIFAT can name. */
const difatSlots = (file: CompoundFile, difatSectors: number) =>
  compoundHeader.difatEntries + difatSectors * (file.sectorBytes / 4 - 1);

/** Where the number of a sector of the FAT is written. */
export function difatSlotOffset(file: CompoundFile, index: number): number {
  const perSector = file.sectorBytes / 4 - 1;
  const beyond = index - compoundHeader.difatEntries;
  if (beyond < 0) return compoundHeader.difat + 4 * index;
  const sector = file.difatSectors[Math.floor(beyond / perSector)] ?? 0;
  return sectorOffset(file, sector) + (beyond % perSector) * 4;
}

/** Where the chain of the DIFAT's sectors ends: in the header when there are none, else in the last one. */
export function difatEndOffset(file: CompoundFile): number {
  const last = file.difatSectors.at(-1);
  return last === undefined ? compoundHeader.firstDifat : sectorOffset(file, last + 1) - 4;
}

/** What is taken must be marked as free: then the way back knows what stood there. */
async function expectFree(file: CompoundFile, offset: number, count: number): Promise<void> {
  const bytes = await readExactly(file.source, offset, 4 * count);
  if (bytes.some((byte) => byte !== 0xff))
    throw new StampError(
      "container_unsupported",
      "This MSI was cut short, or its table has entries for sectors that it does not have.",
    );
}
