import { crc32, gzipSync, zstdCompressSync } from "node:zlib";

/** A file in an archive that a test makes. */
export interface TinyFile {
  name: string;
  content: Uint8Array;
}

/** How a ZIP archive departs from the plainest. */
export interface TinyZip {
  comment?: Uint8Array;
  /** Bytes in front that the archive's offsets do not count. */
  prefix?: Uint8Array;
  /** Whether it has a ZIP64 end: with the numbers there alone, or in both ends. */
  zip64?: boolean | "both";
  /** Bytes between the entries and the directory. */
  gap?: Uint8Array;
}

/** A ZIP archive with stored entries. */
export function tinyZip(files: readonly TinyFile[], options: TinyZip = {}): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const nameBytes = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x800, 2);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(content.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(nameBytes.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(0o100644 * 0x1_0000, 6);
    central.writeUInt32LE(offset, 10);
    const entry = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), about, nameBytes, content]);
    entries.push(entry);
    offset += entry.length;
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), about, central, nameBytes]));
  }
  const body = Buffer.concat([...entries, options.gap ?? new Uint8Array()]);
  const records = Buffer.concat(directory);
  return Buffer.concat([
    options.prefix ?? new Uint8Array(),
    body,
    records,
    endOf(files.length, records.length, body.length, options),
  ]);
}

function endOf(count: number, size: number, offset: number, { comment, zip64 }: TinyZip): Buffer {
  const end = Buffer.alloc(22);
  const isElsewhere = zip64 === true;
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(isElsewhere ? 0xffff : count, 8);
  end.writeUInt16LE(isElsewhere ? 0xffff : count, 10);
  end.writeUInt32LE(isElsewhere ? 0xffff_ffff : size, 12);
  end.writeUInt32LE(isElsewhere ? 0xffff_ffff : offset, 16);
  end.writeUInt16LE(comment?.length ?? 0, 20);
  const last = Buffer.concat([end, comment ?? new Uint8Array()]);
  return zip64 ? Buffer.concat([zip64EndOf(count, size, offset), last]) : last;
}

function zip64EndOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.write("PK\x06\x06", "latin1");
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.write("PK\x06\x07", 56, "latin1");
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** An ar archive; a Debian package when its members are one's. */
export function tinyAr(members: readonly TinyFile[]): Uint8Array {
  const pieces = members.flatMap(({ name, content }) => [
    Buffer.from(
      `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${String(content.length).padEnd(10)}\`\n`,
    ),
    content,
    Buffer.from(content.length % 2 ? "\n" : ""),
  ]);
  return Buffer.concat([Buffer.from("!<arch>\n"), ...pieces]);
}

/** What looks like a Debian package, with members of the given contents. */
export const tinyDeb = (control: Uint8Array, content: Uint8Array, ...more: TinyFile[]): Uint8Array =>
  tinyAr([
    { name: "debian-binary", content: Buffer.from("2.0\n") },
    { name: "control.tar.gz", content: control },
    { name: "data.tar.gz", content },
    ...more,
  ]);

/** A gzip file with a member for each content. */
export const tinyGzip = (...contents: Uint8Array[]): Uint8Array =>
  Buffer.concat(contents.map((content) => gzipSync(content)));

/** A zstd file with a frame for each content. */
export const tinyZstd = (...contents: Uint8Array[]): Uint8Array =>
  Buffer.concat(contents.map((content) => zstdCompressSync(content)));
