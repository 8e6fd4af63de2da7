import { crc32, deflateSync, inflateSync } from "node:zlib";
import { applicationInstance } from "@tallystick/sdk/stamp";

/** A stretch of a partition, and how the image keeps it. Contents are whole sectors of 512 bytes. */
export interface TinyRun {
  kind: "raw" | "zlib" | "zeros" | "left out";
  content: Uint8Array;
}

/** A disk image as a test wants it. */
export interface TinyDmg {
  partitions: readonly (readonly TinyRun[])[];
  /** Leaves out every sum, as the format allows. */
  withoutSums?: boolean;
  /** The length of a signature of the image itself. */
  signatureBytes?: number;
  /** More in the property list, in front of the tables. */
  moreResources?: string;
}

const kinds = { zeros: 0, raw: 1, "left out": 2, zlib: 0x8000_0005 };
const words = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};
const sumField = (crc: number | undefined) =>
  Buffer.concat([crc === undefined ? words(0, 0, 0) : words(2, 32, crc), Buffer.alloc(124)]);

/** Builds a disk image as `hdiutil` does: data fork, property list with a table for each partition, trailer. */
export function tinyDmg(options: TinyDmg): Uint8Array {
  const fork: Buffer[] = [];
  let forkBytes = 0;
  const sum = (crc: number) => (options.withoutSums ? undefined : crc);
  const crcs: number[] = [];
  let firstSector = 0;
  const tables = options.partitions.map((runs) => {
    let sector = 0;
    let crc = 0;
    const rows = runs.map(({ kind, content }) => {
      const kept = {
        raw: content,
        zlib: deflateSync(content),
        zeros: Buffer.alloc(0),
        "left out": Buffer.alloc(0),
      };
      if (kind !== "left out") crc = crc32(content, crc);
      const row = words(
        kinds[kind],
        0,
        0,
        sector,
        0,
        content.length / 512,
        0,
        forkBytes,
        0,
        kept[kind].length,
      );
      fork.push(Buffer.from(kept[kind]));
      forkBytes += kept[kind].length;
      sector += content.length / 512;
      return row;
    });
    crcs.push(crc);
    rows.push(words(0xffff_ffff, 0, 0, sector, 0, 0, 0, forkBytes, 0, 0));
    const head = words(0x6d69_7368, 1, 0, firstSector, 0, sector, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    firstSector += sector;
    return Buffer.concat([head, sumField(sum(crc)), words(rows.length), ...rows]);
  });
  const list = Buffer.from(plist(tables, options.moreResources ?? ""));
  const data = Buffer.concat(fork);
  const master = options.withoutSums ? undefined : crc32(words(...crcs));
  const trailer = Buffer.concat([
    words(0x6b6f_6c79, 4, 512, 1, 0, 0, 0, 0, 0, data.length, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4),
    sumField(sum(crc32(data))),
    words(0, data.length, 0, list.length),
    Buffer.alloc(64),
    words(0, 0, 0, options.signatureBytes ?? 0),
    Buffer.alloc(40),
    sumField(master),
    words(1, 0, firstSector, 0, 0, 0),
  ]);
  return new Uint8Array(Buffer.concat([data, list, trailer]));
}

function plist(tables: readonly Buffer[], more: string): string {
  const data = (table: Buffer) => table.toString("base64").replaceAll(/.{1,52}/g, "\t\t\t\t$&\n");
  const dicts = tables.map(
    (table, id) =>
      `\t\t\t<dict>\n\t\t\t\t<key>Attributes</key>\n\t\t\t\t<string>0x0050</string>\n\t\t\t\t<key>Data</key>\n\t\t\t\t<data>\n${data(table)}\t\t\t\t</data>\n\t\t\t\t<key>ID</key>\n\t\t\t\t<string>${id}</string>\n\t\t\t\t<key>Name</key>\n\t\t\t\t<string>disk image (Apple_HFS : ${id})</string>\n\t\t\t</dict>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n\t<key>resource-fork</key>\n\t<dict>\n${more}\t\t<key>blkx</key>\n\t\t<array>\n${dicts.join("")}\t\t</array>\n\t</dict>\n</dict>\n</plist>\n`;
}

/**
 * Unpacks an image and compares every sum with what is there, in the plainest way.
 *
 * @returns what does not hold, and the partitions.
 */
export function unpackDmg(image: Uint8Array): { wrong: string[]; partitions: Buffer[] } {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
  const trailer = bytes.subarray(-512);
  const data = bytes.subarray(0, trailer.readUInt32BE(36));
  const list = bytes.toString(
    "latin1",
    trailer.readUInt32BE(220),
    trailer.readUInt32BE(220) + trailer.readUInt32BE(228),
  );
  const wrong: string[] = [];
  const expectSum = (name: string, field: Buffer, crc: number) => {
    if (field.readUInt32BE(0) === 2 && field.readUInt32BE(8) !== crc) wrong.push(name);
  };
  const tables = [...list.matchAll(/<data>([^<]*)<\/data>/g)].map(([, text]) =>
    Buffer.from(text ?? "", "base64"),
  );
  const partitions = tables.map((table, index) => {
    const runs = runsOf(table, data);
    expectSum(
      `table ${index}`,
      table.subarray(64),
      crc32(Buffer.concat(runs.filter((run) => run.isCounted).map(({ content }) => content))),
    );
    return Buffer.concat(runs.map(({ content }) => content));
  });
  expectSum("data fork", trailer.subarray(80), crc32(data));
  expectSum(
    "master",
    trailer.subarray(352),
    crc32(Buffer.concat(tables.map((table) => table.subarray(72, 76)))),
  );
  return { wrong, partitions };
}

function runsOf(table: Buffer, data: Buffer) {
  return Array.from({ length: table.readUInt32BE(200) - 1 }, (_, index) => {
    const row = table.subarray(204 + 40 * index);
    const kind = row.readUInt32BE(0);
    const packed = data.subarray(row.readUInt32BE(28), row.readUInt32BE(28) + row.readUInt32BE(36));
    const zeros = Buffer.alloc(row.readUInt32BE(20) * 512);
    const content = kind === kinds.zlib ? inflateSync(packed) : kind === kinds.raw ? packed : zeros;
    return { content, isCounted: kind !== kinds["left out"] };
  });
}

/** A record of HFS+'s attributes (TN1150) with the application's attribute, from its key on. */
export function attributeRecord(value: Uint8Array, folder = 19): Buffer {
  const name = Buffer.from(applicationInstance, "utf16le").swap16();
  const key = Buffer.alloc(14);
  key.writeUInt16BE(12 + name.length, 0);
  key.writeUInt32BE(folder, 4);
  key.writeUInt16BE(applicationInstance.length, 12);
  const padding = Buffer.alloc(value.length % 2);
  return Buffer.concat([key, name, words(0x10, 0, 0, value.length), value, padding]);
}
