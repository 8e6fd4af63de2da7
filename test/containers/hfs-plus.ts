import { attributeRecord } from "../stamp/tiny-dmg.ts";

/*
 * A volume of HFS+ as macOS makes it (TN1150), with one application, since Debian has no mkfs for it any more: a folder
 * "Paint.app" that bears the attribute, with one file in it. Every tree has one leaf.
 */

const blockBytes = 4096;
const volumeName = "Acme Paint";
const ids = { root: 2, extents: 3, catalog: 4, allocation: 6, attributes: 8, app: 16, program: 17 };
const date = 3_900_000_000;
/** Where each file begins, in blocks, and how many it has. */
const places = {
  allocation: [1, 1],
  extents: [2, 1],
  catalog: [3, 2],
  attributes: [5, 4],
  program: [9, 64],
} as const;

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, 2 * index);
  return bytes;
};
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};
const unicode = (name: string) => Buffer.concat([u16(name.length), Buffer.from(name, "utf16le").swap16()]);

/** What the program in the application holds. */
export const programContent: Buffer = Buffer.alloc(64 * blockBytes, "a program of Acme ");

/** Builds the volume, of so many blocks of 4 KB, with an attribute of the application. */
export function hfsPlusVolume(attribute: Uint8Array, totalBlocks = 512): Buffer {
  const volume = Buffer.alloc(totalBlocks * blockBytes);
  const put = (block: number, bytes: Buffer) => bytes.copy(volume, block * blockBytes);
  const header = volumeHeader(totalBlocks);
  header.copy(volume, 1024);
  header.copy(volume, volume.length - 1024);
  put(places.allocation[0], allocationBitmap(totalBlocks));
  put(places.extents[0], tree({ nodeBytes: 4096, maxKey: 10, flags: 2, records: [] }));
  put(places.catalog[0], tree({ nodeBytes: 4096, maxKey: 516, flags: 6, records: catalogRecords() }));
  const records = [attributeRecord(attribute, ids.app)];
  put(places.attributes[0], tree({ nodeBytes: 8192, maxKey: 266, flags: 6, records }));
  put(places.program[0], programContent);
  return volume;
}

const used = 9 + places.program[1];

function volumeHeader(totalBlocks: number): Buffer {
  const forks = [places.allocation, places.extents, places.catalog, places.attributes].map(fork);
  const dates = u32(date, date, 0, date);
  const counts = u32(
    1,
    1,
    blockBytes,
    totalBlocks,
    totalBlocks - used - 1,
    used,
    blockBytes,
    blockBytes,
    18,
    1,
    0,
    1,
  );
  return Buffer.concat([
    Buffer.from("H+"),
    u16(4),
    u32(0x100),
    Buffer.from("10.0"),
    u32(0),
    dates,
    counts,
    Buffer.alloc(32),
    ...forks,
    Buffer.alloc(80),
  ]);
}

function fork([first, count]: readonly [number, number]): Buffer {
  return Buffer.concat([u32(0, count * blockBytes, blockBytes, count, first, count), Buffer.alloc(56)]);
}

/** The blocks in front, and the last with the second copy of the header. */
function allocationBitmap(totalBlocks: number): Buffer {
  const bitmap = Buffer.alloc(blockBytes);
  for (const block of [...Array(used).keys(), totalBlocks - 1])
    bitmap[block >> 3] = (bitmap[block >> 3] ?? 0) | (0x80 >> (block & 7));
  return bitmap;
}

interface Tree {
  nodeBytes: number;
  maxKey: number;
  /** 2 is keys of 16 bits in length, 4 is keys of different lengths in the index. */
  flags: number;
  records: readonly Buffer[];
}

function tree({ nodeBytes, maxKey, flags, records }: Tree): Buffer {
  const leaf = records.length === 0 ? 0 : 1;
  const nodes = 1 + leaf;
  const head = Buffer.concat([
    u16(leaf),
    u32(leaf, records.length, leaf, leaf),
    u16(nodeBytes, maxKey),
    u32(nodes, 0),
    u16(0),
    u32(nodeBytes),
    Buffer.from([0, 0]),
    u32(flags),
    Buffer.alloc(64),
  ]);
  const map = Buffer.alloc(nodeBytes - 256);
  map[0] = leaf === 1 ? 0xc0 : 0x80;
  const header = node(nodeBytes, { kind: 1, height: 0 }, [head, Buffer.alloc(128), map]);
  return leaf === 0 ? header : Buffer.concat([header, node(nodeBytes, { kind: 0xff, height: 1 }, records)]);
}

/** A node: its records from the front, and where each begins from the back. */
function node(
  nodeBytes: number,
  { kind, height }: { kind: number; height: number },
  records: readonly Buffer[],
) {
  const bytes = Buffer.alloc(nodeBytes);
  bytes[8] = kind;
  bytes[9] = height;
  bytes.writeUInt16BE(records.length, 10);
  let at = 14;
  for (const [index, record] of records.entries()) {
    bytes.writeUInt16BE(at, nodeBytes - 2 * (index + 1));
    record.copy(bytes, at);
    at += record.length;
  }
  bytes.writeUInt16BE(at, nodeBytes - 2 * (records.length + 1));
  return bytes;
}

function catalogRecords(): Buffer[] {
  const key = (parent: number, name: string) => {
    const tail = Buffer.concat([u32(parent), unicode(name)]);
    return Buffer.concat([u16(tail.length), tail]);
  };
  const thread = (type: number, parent: number, name: string) =>
    Buffer.concat([u16(type, 0), u32(parent), unicode(name)]);
  const dates = u32(date, date, date, date, 0);
  const rights = (mode: number) => Buffer.concat([u32(0, 0), Buffer.from([0, 0]), u16(mode), u32(0)]);
  const folder = (id: number, flags: number) =>
    Buffer.concat([u16(1, flags), u32(1, id), dates, rights(0o40755), Buffer.alloc(40)]);
  const file = Buffer.concat([
    u16(2, 2),
    u32(0, ids.program),
    dates,
    rights(0o100755),
    Buffer.alloc(40),
    fork(places.program),
    Buffer.alloc(80),
  ]);
  return [
    Buffer.concat([key(1, volumeName), folder(ids.root, 0)]),
    Buffer.concat([key(ids.root, ""), thread(3, 1, volumeName)]),
    Buffer.concat([key(ids.root, "Paint.app"), folder(ids.app, 4)]),
    Buffer.concat([key(ids.app, ""), thread(3, ids.root, "Paint.app")]),
    Buffer.concat([key(ids.app, "paint"), file]),
    Buffer.concat([key(ids.program, ""), thread(4, ids.app, "paint")]),
  ];
}
