import { randomFillSync } from "node:crypto";

const pool = Buffer.allocUnsafeSlow(8_192);
let used = pool.length;

/**
 * So many random bytes of the system's generator, in hexadecimal. They are taken from it in large portions, since
 * asking costs more than the bytes do; each byte is given out once. At most 8192 bytes at a time.
 */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString("hex", used - bytes, used);
}
