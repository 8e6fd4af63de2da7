import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { StampError } from "./stamp-error.ts";

/** What every compound file begins with (MS-CFB 2.2). */
export const compoundFileMagic: readonly number[] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Numbers that are no sectors (MS-CFB 2.1): what an entry of the FAT says instead of the next sector. */
export const sectorMark = {
  difat: 0xff_ff_ff_fc,
  fat: 0xff_ff_ff_fd,
  endOfChain: 0xff_ff_ff_fe,
  free: 0xff_ff_ff_ff,
} as const;

/** Where the header keeps what a writer changes, and how many sectors of the FAT it names itself. */
export const compoundHeader = {
  fatCount: 44,
  firstDifat: 68,
  difatCount: 72,
  difat: 76,
  difatEntries: 109,
} as const;

/** A compound file, opened: the places of its tables. Sectors are read where they are wanted. */
export interface CompoundFile {
  /** The file itself. */
  readonly source: ByteSource;
  /** 512 in version 3, 4,096 in version 4. */
  readonly sectorBytes: number;
  /** How many sectors follow the header; the last may be cut short. */
  readonly sectorCount: number;
  /** The sectors of the FAT in their order. */
  readonly fatSectors: readonly number[];
  /** The sectors that name the FAT's sectors beyond the first 109. */
  readonly difatSectors: readonly number[];
  /** Where the directory's chain begins. */
  readonly firstDirectorySector: number;
  /** Where the chain of the small sectors' table begins; a mark when there are none. */
  readonly firstMiniFatSector: number;
  /** The FAT's entry of a sector: the next of its chain, or a mark. */
  nextSector(sector: number): Promise<number>;
}

/** The most sectors that are followed in a chain: 64 MB of 512 bytes, far more than a directory or a signature has. */
const maxChainSectors = 1 << 17;
/** The most sectors of the FAT that are read: what is looked for lies in a few, and each costs a read of the file. */
const maxFatReads = 4096;
const headerBytes = 512;
const malformed = (what: string) => new StampError("container_malformed", `The compound file ${what}.`);

/** Where a sector begins in the file: the header has the place of one. */
export const sectorOffset = (file: Pick<CompoundFile, "sectorBytes">, sector: number): number =>
  (sector + 1) * file.sectorBytes;

/**
 * Opens a compound file (MS-CFB), which an MSI is: the header, and where the FAT lies.
 *
 * @throws StampError `container_malformed`.
 */
export async function openCompoundFile(source: ByteSource): Promise<CompoundFile> {
  const header = viewOf(await readExactly(source, 0, headerBytes));
  const sectorBytes = 1 << header.getUint16(30, true);
  const known = { 3: 512, 4: 4096 }[header.getUint16(26, true)];
  if (compoundFileMagic.some((byte, index) => header.getUint8(index) !== byte) || sectorBytes !== known)
    throw malformed("has no header of version 3 or 4");
  if (header.getUint16(32, true) !== 6 || header.getUint32(56, true) !== 4096)
    throw malformed("has small sectors of an unknown size");
  const sectorCount = Math.max(0, Math.ceil(source.size / sectorBytes) - 1);
  const { fatSector, fatCount, difatSectors } = await readDifat(source, { header, sectorBytes, sectorCount });
  let fatSectors: number[] | undefined;
  return {
    source,
    sectorBytes,
    sectorCount,
    get fatSectors() {
      fatSectors ??= Array.from({ length: fatCount }, (_, index) => fatSector(index));
      return fatSectors;
    },
    difatSectors,
    firstDirectorySector: header.getUint32(48, true),
    firstMiniFatSector: header.getUint32(60, true),
    nextSector: fatReader(source, sectorBytes, (index) => (index < fatCount ? fatSector(index) : undefined)),
  };
}

/** The list of the FAT's sectors. In a file of 2 GB it has thirty thousand: one is looked at when it is asked for. */
async function readDifat(
  source: ByteSource,
  at: { header: DataView; sectorBytes: number; sectorCount: number },
) {
  const fatCount = at.header.getUint32(compoundHeader.fatCount, true);
  const difatCount = at.header.getUint32(compoundHeader.difatCount, true);
  const perSector = at.sectorBytes / 4 - 1;
  const beyondHeader = Math.max(0, fatCount - compoundHeader.difatEntries);
  if (fatCount > at.sectorCount || difatCount !== Math.ceil(beyondHeader / perSector))
    throw malformed("counts its tables wrongly");
  const difatSectors: number[] = [];
  const parts: DataView[] = [];
  let next = at.header.getUint32(compoundHeader.firstDifat, true);
  while (difatSectors.length < difatCount) {
    const offset = sectorOffset(at, checkedSector(next, at.sectorCount));
    difatSectors.push(next);
    const part = viewOf(await readExactly(source, offset, at.sectorBytes));
    parts.push(part);
    next = part.getUint32(4 * perSector, true);
  }
  const fatSector = (index: number) => {
    const beyond = index - compoundHeader.difatEntries;
    const part = beyond < 0 ? at.header : parts[Math.floor(beyond / perSector)];
    const place = beyond < 0 ? compoundHeader.difat + 4 * index : 4 * (beyond % perSector);
    return checkedSector(part?.getUint32(place, true) ?? sectorMark.free, at.sectorCount);
  };
  return { fatCount, difatSectors, fatSector };
}

function checkedSector(sector: number, sectorCount: number): number {
  if (sector >= sectorCount) throw malformed("names a sector that it does not have");
  return sector;
}

/** Reads entries of the FAT. Chains mostly stay within one of its sectors, so the last one is kept. */
function fatReader(
  source: ByteSource,
  sectorBytes: number,
  fatSector: (index: number) => number | undefined,
) {
  let kept: { index: number; entries: DataView } | undefined;
  let reads = 0;
  return async (sector: number): Promise<number> => {
    const index = Math.floor(sector / (sectorBytes / 4));
    if (kept?.index !== index) {
      const place = fatSector(index);
      if (place === undefined) throw malformed("names a sector that its table does not cover");
      if (++reads > maxFatReads) throw malformed("has chains that lie all over it");
      const entries = viewOf(await readExactly(source, sectorOffset({ sectorBytes }, place), sectorBytes));
      kept = { index, entries };
    }
    return kept.entries.getUint32((sector % (sectorBytes / 4)) * 4, true);
  };
}

/**
 * The sectors of a chain, up to the end mark, or `most` of them.
 *
 * @throws StampError `container_malformed` when a chain leaves the file, does not end, or ends before `least`.
 */
export async function followChain(
  file: CompoundFile,
  start: number,
  limits: { most?: number; least?: number } = {},
): Promise<number[]> {
  const chain: number[] = [];
  for (let sector = start; sector !== sectorMark.endOfChain; sector = await file.nextSector(sector)) {
    if (chain.length === limits.most) return chain;
    if (chain.length === maxChainSectors) throw malformed("has a chain without an end");
    chain.push(checkedSector(sector, file.sectorCount));
  }
  if (chain.length < (limits.least ?? 0)) throw malformed("has a chain that ends too early");
  return chain;
}

/** Reads `length` bytes that lie in the sectors given, neighbours at once. */
export async function readSectors(
  file: CompoundFile,
  sectors: readonly number[],
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0, index = 0; done < length; ) {
    const first = sectors[index];
    if (first === undefined) throw malformed("has a stream that is longer than its chain");
    let run = 1;
    while (sectors[index + run] === first + run) run++;
    const part = Math.min(run * file.sectorBytes, length - done);
    bytes.set(await readExactly(file.source, sectorOffset(file, first), part), done);
    done += part;
    index += run;
  }
  return bytes;
}
