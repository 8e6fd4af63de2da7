import type { SerialHash } from "./ids.ts";
/** A serial in its one spelling, as `normalizeSerial` gives it. */
export type NormalSerial = string & { readonly __normalSerial: unique symbol };

/** The fewest and the most characters of a serial in its one spelling. */
export const serialLength = { min: 4, max: 64 } as const;

// Nearly all are, and have one spelling already: the tables of Unicode need not be asked.
const plain = /^[0-9A-Z]{4,64}$/;
const printableAscii = /^[ -~]*$/;
const hyphenOrSpace = /[- ]/g;
const fit = /^[\p{L}\p{N}\p{M}_.+/=:#*]+$/u;

/**
 * One spelling for all that a person may type of one serial: NFC, upper case, without spaces and hyphens of any kind.
 * Letters and digits of any script stay, and `_ . + / = : # *`. Nothing for a text that cannot be a serial: another
 * character, or fewer than 4 or more than 64 of them.
 */
export function normalizeSerial(text: string): NormalSerial | undefined {
  if (plain.test(text)) return text as NormalSerial;
  if (text.length > mostTyped || !text.isWellFormed()) return undefined;
  if (printableAscii.test(text)) {
    const one = text.replace(hyphenOrSpace, "").toUpperCase();
    if (plain.test(one)) return one as NormalSerial;
  }
  const one = text
    .normalize("NFC")
    .replace(/[\p{Pd}\s]/gu, "")
    .toUpperCase()
    .normalize("NFC");
  if (one.length < serialLength.min || one.length > serialLength.max || !fit.test(one)) return undefined;
  return one as NormalSerial;
}

/** The longest text that is looked at: a serial with a hyphen or space after each character. */
export const mostTyped = 2 * serialLength.max;

const openPattern = /^[0-9]{1,15}$/;

/**
 * The number printed on a box: up to 15 digits, so that every engine and language holds it exactly. Leading zeros say
 * nothing. Nothing for any other text.
 */
export function readOpenNumber(text: string): number | undefined {
  const digits = text.trim();
  return openPattern.test(digits) ? Number(digits) : undefined;
}

/** What the text of an order's licence is when it is read as a serial. */
export interface SerialText {
  hash: SerialHash;
  /** The number it is, when it is one, and that number's own hash: zeros before it say nothing. */
  open: number | null;
  openHash: SerialHash | null;
}
