import { type Proof, traceOf } from "../orders/verify/proof.ts";
import { findUnassigned } from "./rows/proven-serials.ts";

/** A serial that won an order has to be of a batch that was the partner's. */
export const serialProofs: readonly Proof[] = [
  {
    what: "serial",
    concerns: ({ winner }) => winner.kind === "serial",
    findUnproven: (tx, resting) =>
      findUnassigned(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.windowFrom]),
      ),
  },
];
