import type { KeyObject } from "node:crypto";
import { openSealed, sealText } from "../secrets/seal.ts";
import type { VoucherHash } from "../words/ids.ts";

/** What a voucher's holder was given. */
export interface GivenAnswer {
  serial: string;
  token?: string;
}

/** Seals what a voucher was exchanged for, as a text for the voucher's row. */
export const sealAnswer = (answer: GivenAnswer, voucher: VoucherHash, key: KeyObject): string =>
  sealText(JSON.stringify(answer), Buffer.from(voucher), key).toString("base64url");

/** Opens what was sealed; nothing when the key is another. */
export function openAnswer(sealed: string, voucher: VoucherHash, key: KeyObject): GivenAnswer | undefined {
  try {
    const text = openSealed(Buffer.from(sealed, "base64url"), Buffer.from(voucher), key);
    return JSON.parse(text) as GivenAnswer;
  } catch {
    return undefined;
  }
}
