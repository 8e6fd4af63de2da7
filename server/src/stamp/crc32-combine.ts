import { crc32 } from "@tallystick/sdk/stamp";

/*
 * A CRC is the rest of a division in the field of polynomials over GF(2), so the sum of joined or changed bytes can be
 * told from the sums of the parts: zeros behind a part multiply its rest by x^8 each. That is how a stamp corrects the
 * sum over gigabytes without reading them. Bits are reflected as in the sum itself: the highest bit is x^0.
 */

const polynomial = 0xed_b8_83_20;
const one = 0x80_00_00_00;
const xToTheEighth = 0x00_80_00_00;

/** Multiplies two polynomials of 32 bits, modulo that of CRC-32. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) !== 0 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}

/** The rest of a part with so many bytes of zeros behind it. */
function behindZeros(rest: number, zeroBytes: number): number {
  let power = xToTheEighth;
  let result = rest;
  for (let left = zeroBytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(power, result);
    power = multiply(power, power);
  }
  return result;
}

/**
 * CRC-32 of two parts joined, from the sums of both.
 *
 * @param secondBytes - how long the second part is.
 */
export function crc32Combine(first: number, second: number, secondBytes: number): number {
  return (behindZeros(first, secondBytes) ^ second) >>> 0;
}

/**
 * CRC-32 after some bytes were changed in place.
 *
 * @param crc - before the change.
 * @param change - the former bytes and the new ones, combined by exclusive or.
 * @param bytesBehind - how many bytes follow them.
 */
export function crc32AfterChange(crc: number, change: Uint8Array, bytesBehind: number): number {
  // With a start and an end of zeros the sum is linear: that of the change is the change of the sum.
  const rest = ~crc32(change, 0xff_ff_ff_ff) >>> 0;
  return (crc ^ behindZeros(rest, bytesBehind)) >>> 0;
}
