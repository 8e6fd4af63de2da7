import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { CheckedDecision } from "../rows/checked-orders.ts";
import type { OrderRow, RulingRow } from "../rows/schema.ts";
import { winnerOf } from "./check-hold.ts";
import type { Proof, RestingOrder } from "./proof.ts";

/** What is wrong with a credited decision's own account of the evidence that won. */
export function checkWinner(decision: CheckedDecision): string[] {
  if (decision.outcome !== "credited") return [];
  const winner = winnerOf(decision);
  const agrees =
    winner !== undefined &&
    winner.kind === decision.evidence_kind &&
    winner.route === decision.evidence_route &&
    winner.partner === decision.partner_id;
  return agrees ? [] : ["its decision does not rest on the evidence that it names"];
}

/** A ruling stands above all: the decision in force has to follow the newest one. */
export function checkRuling(
  order: OrderRow,
  decision: CheckedDecision,
  ruling: Pick<RulingRow, "partner_id"> | undefined,
): string[] {
  if (ruling === undefined || order.joined_to !== null || decision.reason === "loss_currency") return [];
  const follows =
    ruling.partner_id === null
      ? decision.reason === "ruled_nobody"
      : decision.partner_id === ruling.partner_id && decision.evidence_route === "ruling";
  // A ruling for a partner whose agreement had ended credits nobody.
  const refused = decision.outcome === "unattributed" && ruling.partner_id !== null && isRefused(decision);
  return follows || refused ? [] : ["its decision does not follow the newest ruling on it"];
}

const isRefused = ({ evidence }: CheckedDecision): boolean => {
  const considered = JSON.parse(evidence) as { route: string; verdict: string }[];
  return considered.some(({ route, verdict }) => route === "ruling" && verdict === "refused");
};

/** Orders of a page whose decision rests on something that is not there, with what it is. */
export async function findUnproven(
  tx: Tx,
  proofs: readonly Proof[],
  resting: readonly RestingOrder[],
): Promise<{ order_key: OrderKey; what: string }[]> {
  const found: { order_key: OrderKey; what: string }[] = [];
  for (const proof of proofs) {
    const concerned = resting.filter((one) => proof.concerns(one));
    if (concerned.length === 0) continue;
    for (const { order_key } of await proof.findUnproven(tx, concerned))
      found.push({ order_key, what: proof.what });
  }
  return found;
}

/** A credited order with the evidence that won; nothing where its decision credits nobody. */
export function restingOf(order: OrderRow, decision: CheckedDecision): RestingOrder[] {
  const winner = decision.outcome === "credited" ? winnerOf(decision) : undefined;
  if (winner === undefined || winner.partner === null) return [];
  // What proves it names the partner that was merged into the one who is credited.
  return [{ order, winner: { ...winner, partner: winner.mergedFrom ?? winner.partner } }];
}
