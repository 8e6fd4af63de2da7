import { type Proof, traceOf } from "../orders/verify/proof.ts";
import { findUnclaimed, findUnclicked, findUnclickedBefore } from "./rows/proven-tokens.ts";

/** A token that won an order has to have been seen: in a click that the order or an earlier one names, or in a copy. */
export const tokenProofs: readonly Proof[] = [
  {
    what: "click",
    concerns: ({ winner }) => winner.kind === "token" && winner.route === "click_reference",
    findUnproven: (tx, resting) =>
      findUnclicked(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.token, one.order.reference]),
      ),
  },
  {
    what: "click of an earlier order",
    concerns: ({ winner: { kind, route } }) =>
      kind === "token" && (route === "subscription" || route === "earlier_purchase"),
    findUnproven: (tx, resting) =>
      findUnclickedBefore(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.token]),
      ),
  },
  {
    what: "registration",
    concerns: ({ winner }) => winner.kind === "token" && winner.route === "licence_binding",
    findUnproven: (tx, resting) =>
      findUnclaimed(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.token]),
      ),
  },
];
