import type { Considered } from "../../attribution/decide.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import type { OrderRow } from "../rows/schema.ts";

/** A credited order, with the evidence that won it. */
export interface RestingOrder {
  order: OrderRow;
  winner: Considered & { partner: PartnerId };
}

/**
 * What a way of selling tells `ledger verify` about the evidence it gave: that what a decision rests upon is there, as
 * the decision says. What may be erased at a person's request is not asked for once the order has lost its trace.
 */
export interface Proof {
  /** What it looks for, such as `click`. */
  readonly what: string;
  /** Whether an order rests on what it knows. */
  concerns(resting: RestingOrder): boolean;
  /** Those of a page of such orders that nothing stands behind, in one query. */
  findUnproven(tx: Tx, resting: readonly RestingOrder[]): Promise<readonly { order_key: OrderKey }[]>;
}

/** What a proof of one order is looked for by: key, shop, subscription, licence, partner, then what it names itself. */
export const traceOf = ({ order, winner }: RestingOrder): readonly unknown[] => [
  order.order_key,
  order.shop,
  order.subscription_id,
  order.licence_hash,
  winner.partner,
];
