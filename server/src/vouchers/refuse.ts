import type { VoucherRefusal } from "@tallystick/sdk/protocol";
import { Refusal } from "../words/refusal.ts";

/** The refusal of a voucher, with what the customer can do about it. */
export const refuseVoucher = (code: VoucherRefusal): Refusal => new Refusal(code, refusalSentences[code]);

const refusalSentences: Readonly<Record<VoucherRefusal, string>> = {
  voucher_unknown:
    "No voucher has this code. Please compare it with your card, character by character: the letters I, L, O and U do not occur in it.",
  voucher_product_mismatch: "This voucher is for another product.",
  voucher_revoked: "This voucher was withdrawn. Please contact the shop that sold it to you.",
  voucher_used:
    "This voucher has been exchanged already, and works only once. If it was not you, please contact the shop that sold it to you.",
  voucher_expired: "This voucher has expired. Please contact the shop that sold it to you.",
  pool_empty:
    "Your voucher is good, but there is no serial number left to give you just now. Please contact the shop that sold it to you; the voucher stays unused.",
};
