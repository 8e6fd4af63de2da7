import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The installer's file name. */
export const masterInstaller = "Acme-Paint.AppImage";

const words = "Acme Paint\n";
const headerBytes = 64;
const segmentBytes = 56;
const loadAt = 0x400000n;

/** Linux, x86-64: write(1, words, length), then exit(0). The distance to the words is counted from the next instruction. */
const code = [
  ...[0xb8, 1, 0, 0, 0], // mov eax, 1
  ...[0xbf, 1, 0, 0, 0], // mov edi, 1
  ...[0x48, 0x8d, 0x35, 16, 0, 0, 0], // lea rsi, [rip + 16]
  ...[0xba, words.length, 0, 0, 0], // mov edx, length
  ...[0x0f, 0x05], // syscall
  ...[0xb8, 60, 0, 0, 0], // mov eax, 60
  ...[0x31, 0xff, 0x0f, 0x05], // xor edi, edi; syscall
];

/**
 * Writes the vendor's one installer into a folder: a program of a few hundred bytes that says its name, in the form of
 * an AppImage (its magic bytes in the header's padding), so that the product finds the stamp in the file it runs from.
 *
 * @returns the file's path
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
 */
export async function writeMasterInstaller(folder: string): Promise<string> {
  const file = join(folder, masterInstaller);
  await writeFile(file, program());
  await chmod(file, 0o755);
  return file;
}

function program(): Buffer {
  const entry = headerBytes + segmentBytes;
  const body = Buffer.concat([Buffer.from(code), Buffer.from(words)]);
  const bytes = Buffer.alloc(entry + body.length);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0x41, 0x49, 2]); // ELF of 64 bits, little end first; AppImage 2
  bytes.writeUInt16LE(2, 16); // an executable
  bytes.writeUInt16LE(62, 18); // for x86-64
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(loadAt + BigInt(entry), 24);
  bytes.writeBigUInt64LE(BigInt(headerBytes), 32);
  bytes.writeUInt16LE(headerBytes, 52);
  bytes.writeUInt16LE(segmentBytes, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, headerBytes); // loaded,
  bytes.writeUInt32LE(5, headerBytes + 4); // read and run
  bytes.writeBigUInt64LE(loadAt, headerBytes + 16);
  bytes.writeBigUInt64LE(loadAt, headerBytes + 24);
  bytes.writeBigUInt64LE(BigInt(bytes.length), headerBytes + 32);
  bytes.writeBigUInt64LE(BigInt(bytes.length), headerBytes + 40);
  bytes.writeBigUInt64LE(0x1000n, headerBytes + 48);
  bytes.set(body, entry);
  return bytes;
}
