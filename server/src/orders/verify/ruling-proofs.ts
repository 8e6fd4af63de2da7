import { findUnruled, findUnruledBefore } from "../rows/proven-rulings.ts";
import { type Proof, traceOf } from "./proof.ts";

/** What the vendor ruled has to be on record: on the order itself, or on an earlier one of the same copy. */
export const rulingProofs: readonly Proof[] = [
  {
    what: "ruling",
    concerns: ({ winner }) => winner.kind === "manual" && winner.route === "ruling",
    findUnproven: (tx, resting) =>
      findUnruled(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.seenAt]),
      ),
  },
  {
    what: "ruling on an earlier order",
    concerns: ({ winner }) => winner.kind === "manual" && winner.route !== "ruling",
    findUnproven: (tx, resting) =>
      findUnruledBefore(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.seenAt]),
      ),
  },
];
