import { derTag, encodeDer } from "@tallystick/sdk/stamp";

/** A compound file as a test wants it. */
export interface TinyMsi {
  /** 512, as Windows Installer's own are, or 4,096. */
  sectorBytes?: 512 | 4096;
  /** The signature's length in all; it must be at least 200. None makes an MSI without a signature. */
  signatureBytes?: number;
  /** The length of the one other stream, which stands for the cabinet. */
  cabinetBytes?: number;
  /** How the chain of the DIFAT ends when there is none: not every writer says it as the standard has it. */
  noDifat?: number;
  /** Bytes of a last sector that is free, and cut short. */
  looseBytes?: number;
}

const free = 0xffff_ffff;
const endOfChain = 0xffff_fffe;
const fatMark = 0xffff_fffd;
const difatMark = 0xffff_fffc;
const words = (values: readonly number[], bytes: number) => {
  const sector = Buffer.alloc(bytes, 0xff);
  for (const [index, value] of values.entries()) sector.writeUInt32LE(value, 4 * index);
  return sector;
};
const chain = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => (index + 1 < count ? first + index + 1 : endOfChain));
const patterned = (bytes: number) => Buffer.alloc(bytes, "MSCF, a cabinet that nobody opens. ");

/** What looks like an Authenticode signature: a SignedData with one SignerInfo, filled up to a length. */
export function tinySignature(bytes: number): Uint8Array {
  const oid = Buffer.from("06092a864886f70d010702", "hex");
  const integer = encodeDer(derTag.integer, Buffer.from([1]));
  const of = (fill: number) => {
    const signer = encodeDer(
      derTag.sequence,
      Buffer.concat([integer, encodeDer(derTag.octetString, patterned(fill))]),
    );
    const signedData = Buffer.concat([
      integer,
      encodeDer(derTag.set, new Uint8Array()),
      encodeDer(derTag.set, signer),
    ]);
    const wrapper = encodeDer(derTag.context0, encodeDer(derTag.sequence, signedData));
    return encodeDer(derTag.sequence, Buffer.concat([oid, wrapper]));
  };
  let fill = bytes;
  while (of(fill).length > bytes) fill--;
  return of(fill);
}

/** Builds a compound file with a cabinet and, if wanted, a signature: each with sectors of its own from 4,096 bytes. */
export function tinyMsi(options: TinyMsi = {}): Uint8Array {
  const bytes = options.sectorBytes ?? 512;
  const signature = options.signatureBytes === undefined ? undefined : tinySignature(options.signatureBytes);
  const sectors: Buffer[] = [];
  const fat: number[] = [];
  const add = (content: Uint8Array) => {
    const [first, count] = [sectors.length, Math.ceil(content.length / bytes)];
    for (let index = 0; index < count; index++) {
      const sector = Buffer.alloc(bytes);
      sector.set(content.subarray(index * bytes, (index + 1) * bytes));
      sectors.push(sector);
    }
    fat.push(...chain(first, count));
    return count === 0 ? endOfChain : first;
  };
  const streams = [
    { name: "\u0005DigitalSignature", content: signature },
    { name: "\u4840\u3f7f\u4164\u422f", content: patterned(options.cabinetBytes ?? 5000) },
  ].flatMap(({ name, content }) => (content === undefined ? [] : [{ name, content }]));
  const small = streams.filter(({ content }) => content.length < 4096);
  const places = smallPlaces(small.map(({ content }) => content));
  const directory = add(Buffer.alloc(bytes));
  const smallFat = add(places.fat.length === 0 ? Buffer.alloc(0) : words(places.fat, bytes));
  const shared = { first: add(places.shared), size: places.shared.length };
  const entries = streams.map(({ name, content }) => ({
    name,
    size: content.length,
    first:
      content.length < 4096 ? (places.first[small.findIndex((one) => one.name === name)] ?? 0) : add(content),
  }));
  sectors[directory] = directorySector(bytes, shared, entries);
  const loose = patterned(options.looseBytes ?? 0);
  const tables = addTables(bytes, sectors, fat, Math.ceil(loose.length / bytes));
  const header = headerOf(bytes, { ...tables, directory, smallFat, noDifat: options.noDifat ?? endOfChain });
  return new Uint8Array(Buffer.concat([header, ...sectors, loose]));
}

function smallPlaces(contents: readonly Uint8Array[]) {
  const fat: number[] = [];
  const first: number[] = [];
  const shared = contents.map((content) => {
    const count = Math.ceil(content.length / 64);
    first.push(fat.length);
    fat.push(...chain(fat.length, count));
    const padded = Buffer.alloc(count * 64);
    padded.set(content);
    return padded;
  });
  return { fat, first, shared: Buffer.concat(shared) };
}

interface Entry {
  name: string;
  first: number;
  size: number;
}

/** The root, and its streams as a tree: the first is the parent, the second stands on the side where it belongs. */
function directorySector(bytes: number, shared: { first: number; size: number }, entries: Entry[]): Buffer {
  const sector = Buffer.alloc(bytes);
  const write = (id: number, type: number, { name, first, size }: Entry, links: number[]) => {
    const entry = sector.subarray(id * 128, (id + 1) * 128);
    entry.write(name, "utf16le");
    entry.writeUInt16LE(name.length === 0 ? 0 : 2 * name.length + 2, 64);
    entry[66] = type;
    entry[67] = 1;
    for (const [index, link] of links.entries()) entry.writeUInt32LE(link, 68 + 4 * index);
    entry.writeUInt32LE(first, 116);
    entry.writeUInt32LE(size, 120);
  };
  write(0, 5, { name: "Root Entry", ...shared }, [free, free, 1]);
  const [top, below] = entries;
  const isShorter = top !== undefined && below !== undefined && below.name.length < top.name.length;
  const links = below === undefined ? [free, free] : isShorter ? [2, free] : [free, 2];
  if (top !== undefined) write(1, 2, top, [...links, free]);
  if (below !== undefined) write(2, 2, below, [free, free, free]);
  return sector;
}

function addTables(bytes: number, sectors: Buffer[], fat: number[], looseSectors: number) {
  const perSector = bytes / 4;
  let [fatCount, difatCount] = [0, 0];
  for (let before = -1; before !== fatCount + difatCount; ) {
    before = fatCount + difatCount;
    fatCount = Math.ceil((sectors.length + looseSectors + before) / perSector);
    difatCount = Math.max(0, Math.ceil((fatCount - 109) / (perSector - 1)));
  }
  const firstFat = sectors.length;
  const fatSectors = Array.from({ length: fatCount }, (_, index) => firstFat + index);
  const firstDifat = firstFat + fatCount;
  fat.push(...fatSectors.map(() => fatMark), ...Array.from({ length: difatCount }, () => difatMark));
  for (let index = 0; index < fatCount; index++)
    sectors.push(words(fat.slice(index * perSector, (index + 1) * perSector), bytes));
  for (let index = 0; index < difatCount; index++) {
    const named = fatSectors.slice(109 + index * (perSector - 1), 109 + (index + 1) * (perSector - 1));
    const sector = words(named, bytes);
    sector.writeUInt32LE(index + 1 < difatCount ? firstDifat + index + 1 : endOfChain, bytes - 4);
    sectors.push(sector);
  }
  return { fatSectors, difatCount, firstDifat };
}

function headerOf(
  bytes: number,
  at: {
    fatSectors: number[];
    difatCount: number;
    firstDifat: number;
    directory: number;
    smallFat: number;
    noDifat: number;
  },
): Buffer {
  const header = Buffer.alloc(bytes);
  header.write("d0cf11e0a1b11ae1", "hex");
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(bytes === 512 ? 3 : 4, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(bytes === 512 ? 9 : 12, 30);
  header.writeUInt16LE(6, 32);
  if (bytes === 4096) header.writeUInt32LE(1, 40);
  header.writeUInt32LE(at.fatSectors.length, 44);
  header.writeUInt32LE(at.directory, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(at.smallFat, 60);
  header.writeUInt32LE(at.smallFat === endOfChain ? 0 : 1, 64);
  header.writeUInt32LE(at.difatCount === 0 ? at.noDifat : at.firstDifat, 68);
  header.writeUInt32LE(at.difatCount, 72);
  words(at.fatSectors.slice(0, 109), 436).copy(header, 76);
  return header;
}
