import type { Deps } from "../deps/deps.ts";
import type { SerialHash } from "../words/ids.ts";

import { type NormalSerial, normalizeSerial, readOpenNumber } from "../words/serial-text.ts";

/**
 * Reads what may be a serial, or one of consecutive open numbers, or both. Nothing for a text that can be neither.
 */
export function readSerial(hashes: Pick<Deps["hashes"], "serial">, text: string): SerialText | undefined {
  const open = readOpenNumber(text);
  const openHash = open === undefined ? null : hashes.serial(String(open) as NormalSerial);
  const serial = normalizeSerial(text);
  const hash = serial === undefined ? openHash : hashes.serial(serial);
  return hash === null ? undefined : { hash, open: open ?? null, openHash };
}

/** What the text of an order's licence is when it is read as a serial. */
export interface SerialText {
  hash: SerialHash;
  /** The number it is, when it is one, and that number's own hash: zeros before it say nothing. */
  open: number | null;
  openHash: SerialHash | null;
}
