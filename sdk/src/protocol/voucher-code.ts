/** How many characters a voucher's code has: 19 random ones of 5 bits each, and one that checks them. */
export const voucherCodeLength = 20;

/** Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, which look like digits, and no U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What is taken for another character, as it is read or typed for it. */
const lookAlikes: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

/** White space, hyphens and dashes of every kind, and the invisible characters that come along when text is pasted. */
const separators = /[\s\p{Pd}\p{Cf}\u2212_.]+/gu;

/**
 * Reads a code as a person typed or pasted it: small letters, O for 0, I and L for 1, with or without hyphens and
 * spaces. Returns its 20 characters in one spelling; nothing when it is no code or its check character says that it was
 * mistyped.
 *
 * @example
 * readVoucherCode("7k3m qx8t-0abc defg hj5p");   // undefined: its last character does not fit
 */
export function readVoucherCode(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const code = text
    .replaceAll(separators, "")
    .replaceAll(/[a-z]/g, (one) => one.toUpperCase()) // Of ASCII alone: others become two letters, or another one.
    .replaceAll(/[OIL]/g, (one) => lookAlikes[one] ?? one);
  return code.length === voucherCodeLength && remainderOf(code) === 0 ? code : undefined;
}

/**
 * Completes 19 characters of the alphabet with the one that checks them.
 *
 * The check is one symbol of a code over GF(32): with α a root of x⁵ + x² + 1, the sum of αⁱ times the i-th character
 * from the right is 0. As the weights are not 0 and all different, every single wrong character is noticed, and so is
 * every exchange of two characters, neighbours or not; as neighbouring weights do not add up to 0, also a pair that was
 * typed as another pair (44 for 33). Crockford's own check, modulo 37, would need five more symbols.
 *
 * @throws {RangeError} for anything else than 19 characters of the alphabet
 */
export function completeVoucherCode(characters: string): string {
  const remainder = remainderOf(`${characters}0`);
  if (remainder === undefined || characters.length !== voucherCodeLength - 1) {
    throw new RangeError(`expected ${voucherCodeLength - 1} characters of Crockford's base 32`);
  }
  return characters + symbolOf(remainder);
}

/** The character of Crockford's base 32 for a number from 0 to 31. */
export const symbolOf = (value: number): string => alphabet.charAt(value);

/** A code as people read and type it, five groups of four: `7K3M-QX8T-0ABC-DEFG-HJ5P`. */
export const groupVoucherCode = (code: string): string => code.replaceAll(/.{4}(?=.)/g, "$&-");

/** The sum that a good code makes 0, by Horner's rule; nothing for a character that is none of the alphabet. */
function remainderOf(code: string): number | undefined {
  let sum = 0;
  for (const character of code) {
    const value = alphabet.indexOf(character);
    if (value === -1) return undefined;
    sum = timesAlpha(sum) ^ value;
  }
  return sum;
}

/** Multiplies by α in GF(32), whose elements are five bits: the carry x⁵ is x² + 1. */
const timesAlpha = (element: number) => (element & 16 ? ((element << 1) & 31) ^ 0b00101 : element << 1);
