import { type Proof, traceOf } from "../orders/verify/proof.ts";
import { findUnexchanged } from "./rows/proven-vouchers.ts";

/** A voucher that won an order has to have been exchanged, and to be of a batch of the partner's. */
export const voucherProofs: readonly Proof[] = [
  {
    what: "voucher",
    concerns: ({ winner }) => winner.kind === "voucher",
    findUnproven: (tx, resting) =>
      findUnexchanged(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.windowFrom]),
      ),
  },
];
