import { damaged } from "./backup-error.ts";

// POSIX.1-1988 ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html: blocks of 512 bytes, a header
// before each file. Sizes of 8 GiB and more are written as GNU tar does, in base 256.
const blockBytes = 512;
const octalSizeBelow = 8 ** 11;

/** The header of one file in a tar archive, which only its owner may read. */
export function tarHeader({
  name,
  bytes,
  atSeconds,
}: {
  name: string;
  bytes: number;
  atSeconds: number;
}): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 100, "ascii");
  block.write("0000600\0", 100, "ascii");
  block.write("0000000\0", 108, "ascii");
  block.write("0000000\0", 116, "ascii");
  writeSize(block, bytes);
  block.write(`${atSeconds.toString(8).padStart(11, "0")}\0`, 136, "ascii");
  block.write("        ", 148, "ascii");
  block.write("0", 156, "ascii");
  block.write("ustar\u000000", 257, "ascii");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}

/** The zeros that fill a file's last block. */
export const tarPadding = (bytes: number): Buffer =>
  Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);

/** What ends a tar archive. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * blockBytes);

/** One file of an archive that is being read. The content must be read to its end before the next is asked for. */
export interface TarEntry {
  name: string;
  bytes: number;
  content: AsyncIterable<Buffer>;
}

/**
 * Reads an archive as it comes, holding no more than a chunk of it. Knows plain files alone, which is all that a backup
 * has.
 *
 * @throws {BackupError} `backup_damaged` when it ends early or is no such archive
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new ByteReader(source);
  for (;;) {
    const header = await bytes.exactly(blockBytes);
    if (header.every((byte) => byte === 0)) break;
    const entry = readHeader(header);
    let left = entry.bytes;
    const content = (async function* () {
      while (left > 0) {
        const chunk = await bytes.atMost(left);
        left -= chunk.length;
        yield chunk;
      }
    })();
    yield { ...entry, content };
    for await (const _ of content);
    await bytes.exactly(tarPadding(entry.bytes).length);
  }
  // To its end, so that whatever wraps the archive has checked its own last bytes.
  await bytes.drain();
}

function writeSize(block: Buffer, bytes: number): void {
  if (bytes < octalSizeBelow) {
    block.write(`${bytes.toString(8).padStart(11, "0")}\0`, 124, "ascii");
    return;
  }
  block.writeUInt8(0x80, 124);
  block.writeBigUInt64BE(BigInt(bytes), 128);
}

function readHeader(header: Buffer): { name: string; bytes: number } {
  const stored = readOctal(header, 148, 8);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (stored !== sum) throw damaged("the header of a file in it does not add up");
  const type = header[156];
  if (type !== 0x30 && type !== 0) throw damaged("there is something else than a file in it");
  const name = header.subarray(0, 100).toString("ascii").replace(/\0.*$/s, "");
  const isLarge = header[124] === 0x80;
  const bytes = isLarge ? Number(header.readBigUInt64BE(128)) : readOctal(header, 124, 12);
  if (!Number.isSafeInteger(bytes)) throw damaged("the length of a file in it is no number");
  return { name, bytes };
}

function readOctal(header: Buffer, at: number, length: number): number {
  const text = header
    .subarray(at, at + length)
    .toString("ascii")
    .replaceAll("\0", " ")
    .trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

/** Bytes of a stream in the portions that are asked for. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** Between one byte and so many. */
  async atMost(count: number): Promise<Buffer> {
    while (this.#left.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) throw damaged("it ends early");
      this.#left = value;
    }
    const taken = this.#left.subarray(0, count);
    this.#left = this.#left.subarray(taken.length);
    return taken;
  }

  /** So many bytes; few, since they are held together. */
  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = count; missing > 0; ) {
      const part = await this.atMost(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }
}
