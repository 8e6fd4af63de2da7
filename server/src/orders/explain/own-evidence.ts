import type { Considered } from "../../attribution/decide.ts";
import type { Tx } from "../../store/store.ts";
import { isoTime } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import { findDecision, findOrder } from "../rows/orders.ts";

/** A piece of evidence with what became of it, in words that name no other partner. */
export interface OwnEvidence {
  kind: string;
  verdict: string;
  reason: string;
  seenAt: string;
}

/** Evidence of all partners that was considered for an order in the decision in force, by partner. */
export interface ConsideredSides {
  /** Whom the decision credits; null where nobody. */
  credited: PartnerId | null;
  outcome: string;
  reason: string;
  byPartner: ReadonlyMap<PartnerId, OwnEvidence[]>;
}

/** What was considered for an order, by partner. Nothing for an order that has no sale yet. */
export async function readSides(tx: Tx, key: OrderKey): Promise<ConsideredSides | undefined> {
  const order = await findOrder(tx, key);
  if (order === undefined) return undefined;
  const decision = await findDecision(tx, key, order.decision_seq);
  const byPartner = new Map<PartnerId, OwnEvidence[]>();
  for (const { partner, kind, verdict, reason, seenAt } of JSON.parse(
    decision?.evidence ?? "[]",
  ) as Considered[]) {
    if (partner === null) continue;
    const pieces = byPartner.get(partner) ?? [];
    pieces.push({ kind, verdict, reason, seenAt: isoTime(seenAt) });
    byPartner.set(partner, pieces);
  }
  return { credited: order.partner_id, outcome: order.outcome, reason: order.reason, byPartner };
}

/** What became of one partner's evidence for an order: nothing of anybody else's is in it. */
export const readOwnEvidence = async (tx: Tx, key: OrderKey, partner: PartnerId): Promise<OwnEvidence[]> =>
  (await readSides(tx, key))?.byPartner.get(partner) ?? [];
