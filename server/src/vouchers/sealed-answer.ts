import type { KeyObject } from "node:crypto";
import type { VoucherHash } from "../ids.ts";
import { openPooledSerial, sealPooledSerial } from "../serials/pooled-seal.ts";

/** Seals the serial that a voucher was exchanged for, as a text for the voucher's row. */
export const sealAnswer = (serial: string, voucher: VoucherHash, key: KeyObject): string =>
  sealPooledSerial(serial, Buffer.from(voucher), key).toString("base64url");

/** Opens what was sealed; nothing when the key is another. */
export function openAnswer(sealed: string, voucher: VoucherHash, key: KeyObject): string | undefined {
  try {
    return openPooledSerial(Buffer.from(sealed, "base64url"), Buffer.from(voucher), key);
  } catch {
    return undefined;
  }
}
