import type { Hashes } from "../secrets/hashes.ts";
import { sealText } from "../secrets/seal.ts";
import { mostTyped } from "../words/serial-text.ts";
import type { FileSerial } from "./serial-file.ts";

/** Bytes at the head of a record that hold the serial's hash, and that records are sorted by. */
export const hashBytes = 16;
const lineAt = 16;
const openAt = 20;
const sealedLengthAt = 28;
/** Where in a pool's record the sealed serial begins. */
export const sealedAt = 30;
const sealOverhead = 28;

/** Bytes of one record: hash, line and open number; of a pool also its serial, sealed. */
export const recordWidth = (isPool: boolean): number =>
  isPool ? sealedAt + mostTyped * 3 + sealOverhead : sealedLengthAt;

/** Writes a serial of a file as a record. In clear it stands nowhere, also not in a temporary file. */
export function writeRecord(
  { serial, text, line, open }: FileSerial,
  hashes: Pick<Hashes, "serialInto" | "pooledSerialKey">,
  { into, at }: { into: Buffer; at: number },
  isPool: boolean,
): void {
  hashes.serialInto(serial, into, at);
  into.writeUInt32BE(line % 2 ** 32, at + lineAt);
  into.writeDoubleBE(open ?? Number.NaN, at + openAt);
  if (!isPool) return;
  const sealed = sealText(text, into.subarray(at, at + hashBytes), hashes.pooledSerialKey);
  into.writeUInt16BE(sealed.length, at + sealedLengthAt);
  sealed.copy(into, at + sealedAt);
}

/** The line of the file that a record is of. */
export const lineOf = (records: Buffer, at: number): number => records.readUInt32BE(at + lineAt);

/** The number on the box of a record's serial. */
export function openOf(records: Buffer, at: number): number | null {
  const open = records.readDoubleBE(at + openAt);
  return Number.isNaN(open) ? null : open;
}

/** How many bytes the sealed serial of a pool's record has; they begin at `sealedAt`. */
export const sealedLengthOf = (records: Buffer, at: number): number =>
  records.readUInt16BE(at + sealedLengthAt);
