import type { SerialText } from "../words/serial-text.ts";
import { type NormalSerial, normalizeSerial, readOpenNumber } from "../words/serial-text.ts";
import type { Hashes } from "./hashes.ts";

/**
 * Reads what may be a serial, or one of consecutive open numbers, or both. Nothing for a text that can be neither.
 */
export function readSerial(hashes: Pick<Hashes, "serial">, text: string): SerialText | undefined {
  const open = readOpenNumber(text);
  const openHash = open === undefined ? null : hashes.serial(String(open) as NormalSerial);
  const serial = normalizeSerial(text);
  const hash = serial === undefined ? openHash : hashes.serial(serial);
  return hash === null ? undefined : { hash, open: open ?? null, openHash };
}
