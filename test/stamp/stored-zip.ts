import { crc32 } from "node:zlib";

/** A ZIP archive with one file that is stored as it is (APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16). */
export function storedZip(name: string, content: Buffer): Buffer {
  const fileName = Buffer.from(name);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x800, 2);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(content.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(fileName.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), shared, fileName, content]);
  const madeBy = Buffer.from([20, 0]);
  const entry = Buffer.concat([
    Buffer.from("PK\x01\x02", "latin1"),
    madeBy,
    shared,
    Buffer.alloc(14),
    fileName,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
