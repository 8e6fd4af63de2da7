import { readExactly, viewOf } from "./byte-source.ts";
import { type CompoundFile, followChain, readSectors, sectorMark, sectorOffset } from "./compound-file.ts";
import { StampError } from "./stamp-error.ts";

/** A stream as its entry in the directory tells it. */
export interface CompoundStream {
  /** Where in the file the entry's last twelve bytes stand: u32le first sector, u64le size. */
  readonly placeOffset: number;
  /** Where the stream's chain begins, by the sector's number. */
  readonly firstSector: number;
  /** In bytes. Below 4,096 the stream lies in the small sectors of the root's own stream. */
  readonly size: number;
}

const entryBytes = 128;
const noEntry = 0xff_ff_ff_ff;
const smallSectorBytes = 64;
const type = { stream: 2, root: 5 };

/** From this size on a stream has sectors of its own (MS-CFB 2.2, mini stream cutoff). */
export const smallStreamLimit = 4096;

/** The most entries of a directory that are passed on the way to a name: a tree needs 20, a plain list of an odd writer more. */
const maxSteps = 1 << 12;

const malformed = (what: string) => new StampError("container_malformed", `The compound file ${what}.`);

/**
 * Finds a stream of the root by its name, the way the system opens it: down the tree of siblings, shorter names
 * first, then by their capital letters (MS-CFB 2.6.4).
 *
 * @throws StampError `container_malformed`.
 */
export async function findRootStream(file: CompoundFile, name: string): Promise<CompoundStream | undefined> {
  const directory = await followChain(file, file.firstDirectorySector, { least: 1 });
  let { child: id } = await readRoot(file, directory);
  for (let step = 0; id !== noEntry; step++) {
    if (step === maxSteps) throw malformed("has a directory without an end");
    const { offset, view } = await readEntry(file, directory, id);
    const order = compareNames(name, entryName(view));
    if (order === 0) return view.getUint8(66) === type.stream ? streamOf(file, view, offset) : undefined;
    id = view.getUint32(order < 0 ? 68 : 72, true);
  }
  return undefined;
}

async function readRoot(file: CompoundFile, directory: readonly number[]) {
  const { view, offset } = await readEntry(file, directory, 0);
  if (view.getUint8(66) !== type.root) throw malformed("has no root");
  return { child: view.getUint32(76, true), stream: streamOf(file, view, offset) };
}

async function readEntry(file: CompoundFile, directory: readonly number[], id: number) {
  const perSector = file.sectorBytes / entryBytes;
  const sector = directory[Math.floor(id / perSector)];
  if (sector === undefined) throw malformed("names an entry that its directory does not have");
  const offset = sectorOffset(file, sector) + (id % perSector) * entryBytes;
  return { offset, view: viewOf(await readExactly(file.source, offset, entryBytes)) };
}

function entryName(entry: DataView): string {
  const units = Math.min(entry.getUint16(64, true), 64) / 2 - 1;
  let name = "";
  for (let index = 0; index < units; index++) name += String.fromCharCode(entry.getUint16(2 * index, true));
  return name;
}

function compareNames(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  return a === b ? 0 : a < b ? -1 : 1;
}

function streamOf(file: CompoundFile, entry: DataView, offset: number): CompoundStream {
  // Version 3 leaves the upper half of the size undefined (MS-CFB 2.6.1).
  const upper = file.sectorBytes === 512 ? 0 : entry.getUint32(124, true);
  return {
    placeOffset: offset + 116,
    firstSector: entry.getUint32(116, true),
    size: upper * 2 ** 32 + entry.getUint32(120, true),
  };
}

/**
 * Reads a whole stream.
 *
 * @throws StampError `container_malformed`, also when it is longer than `mostBytes`.
 */
export async function readStream(
  file: CompoundFile,
  stream: CompoundStream,
  mostBytes: number,
): Promise<Uint8Array> {
  if (stream.size > mostBytes) throw malformed("has a signature of an impossible size");
  if (stream.size < smallStreamLimit) return readSmallStream(file, stream);
  const count = Math.ceil(stream.size / file.sectorBytes);
  return readSectors(file, await followChain(file, stream.firstSector, { most: count }), stream.size);
}

/** Small streams share the root's stream, cut into sectors of 64 bytes with a FAT of their own (MS-CFB 2.4, 2.5). */
async function readSmallStream(file: CompoundFile, stream: CompoundStream): Promise<Uint8Array> {
  const directory = await followChain(file, file.firstDirectorySector, { most: 1, least: 1 });
  const { stream: shared } = await readRoot(file, directory);
  const sharedSectors = await followChain(file, shared.firstSector);
  const bytes = new Uint8Array(stream.size);
  const chain = await readStreamChain(file, stream);
  for (let done = 0, index = 0; done < stream.size; done += smallSectorBytes, index++) {
    const small = chain.sectors[index] ?? sectorMark.endOfChain;
    const offset = offsetIn(file, sharedSectors, small * smallSectorBytes);
    bytes.set(await readExactly(file.source, offset, Math.min(smallSectorBytes, stream.size - done)), done);
  }
  return bytes;
}

/** The sectors of a stream, small or not, and where the table keeps the entry of each. */
export interface CompoundChain {
  /** Their numbers, in the stream's order. */
  readonly sectors: readonly number[];
  /** Where in the file the table's entry of a sector stands, in bytes. */
  entryOffset(sector: number): number;
}

/** A signature has a few dozen sectors, a chain without an end has more. */
const maxStreamSectors = 1 << 14;

/**
 * Follows the chain of a stream to its end, in the FAT or in that of the small sectors.
 *
 * @throws StampError `container_malformed`.
 */
export async function readStreamChain(file: CompoundFile, stream: CompoundStream): Promise<CompoundChain> {
  const isSmall = stream.size < smallStreamLimit;
  const table = isSmall ? await followChain(file, file.firstMiniFatSector) : file.fatSectors;
  const entryOffset = (sector: number) => offsetIn(file, table, sector * 4);
  const most = isSmall ? smallStreamLimit / smallSectorBytes : maxStreamSectors;
  const sectors: number[] = [];
  for (let sector = stream.firstSector; sector !== sectorMark.endOfChain; ) {
    if (sectors.length === most) throw malformed("has a chain without an end");
    sectors.push(sector);
    sector = viewOf(await readExactly(file.source, entryOffset(sector), 4)).getUint32(0, true);
  }
  return { sectors, entryOffset };
}

/** Where an offset into the content of some sectors is in the file. */
function offsetIn(file: CompoundFile, sectors: readonly number[], offset: number): number {
  const sector = sectors[Math.floor(offset / file.sectorBytes)];
  if (sector === undefined) throw malformed("names a sector that its table does not cover");
  return sectorOffset(file, sector) + (offset % file.sectorBytes);
}
