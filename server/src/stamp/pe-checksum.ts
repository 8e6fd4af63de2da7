/** Bytes and where they stand in the file. */
export interface Placed {
  at: number;
  bytes: Uint8Array;
}

/** A change of a file, as far as its checksum is concerned. */
export interface ChecksumChange {
  before: { checksum: number; length: number; parts: readonly Placed[] };
  after: { length: number; parts: readonly Placed[] };
}

/**
 * The CheckSum of a PE header after a change, without reading the file: the sum of its 16-bit words, carries folded
 * in, and its length. A checksum that was wrong stays wrong; none, which is 0, stays none.
 */
export function updateChecksum({ before, after }: ChecksumChange): number {
  if (before.checksum === 0) return 0;
  const words = before.checksum - before.length - sumWords(before.parts) + sumWords(after.parts);
  const folded = ((words % 65_535) + 65_535) % 65_535;
  return ((folded === 0 ? 65_535 : folded) + after.length) >>> 0;
}

/** The sum of little-endian words; a byte at an odd offset is the upper half of one. */
function sumWords(parts: readonly Placed[]): number {
  let sum = 0;
  for (const { at, bytes } of parts)
    for (let index = 0; index < bytes.length; index++) sum += (bytes[index] ?? 0) << (((at + index) & 1) * 8);
  return sum;
}
