import { createHmac, timingSafeEqual } from "node:crypto";
import type { ReceiptKey } from "./receipted-tables.ts";
import type { SealAdoptionRow } from "./rows/seal-adoption.ts";

const signatureOf = ({ receiptKey }: ReceiptKey, table: string, progress: string): string =>
  createHmac("sha256", receiptKey)
    .update(JSON.stringify(["seals", table, progress]))
    .digest("base64url");

/** How far a first start is, as it is kept: nobody who lacks the pepper can write it. */
export const signed = (hashes: ReceiptKey, table: string, progress: string): SealAdoptionRow => ({
  table_name: table,
  progress,
  signature: signatureOf(hashes, table, progress),
});

/** Whether the receiver itself noted it, under this pepper. */
export function isSigned(hashes: ReceiptKey, { table_name, progress, signature }: SealAdoptionRow): boolean {
  const expected = Buffer.from(signatureOf(hashes, table_name, progress));
  const found = Buffer.from(signature);
  return found.length === expected.length && timingSafeEqual(found, expected);
}
