import { settleBooks } from "../../books/book.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { DecidedOrder } from "../decide/decide-order.ts";
import { insertDecision, replaceOrder } from "../rows/orders.ts";
import { findRulings, insertRuling } from "../rows/rulings.ts";
import type { OrderRow } from "../rows/schema.ts";
import { oneSubscription } from "./one-subscription.ts";
import { lockOrder } from "./order-names.ts";
import { joinSales } from "./sale-facts.ts";

/** Orders that turned out to be one sale. */
export interface JoinedOrders {
  /** The one that stays, with what the others knew; still to be decided and kept. */
  order: OrderRow | undefined;
  /** The others, their credits taken back. */
  retired: DecidedOrder[];
  /** Whether their subscriptions turned out to be one as well. */
  tied: boolean;
}

/**
 * Makes one order of several that an event has shown to be one sale: the others' credits are taken back, and what was
 * known of them counts for the one that stays. It then is as if their ids had been known from the beginning.
 */
export async function joinOrders(
  tx: Tx,
  known: OrderRow | undefined,
  absorbed: readonly OrderKey[],
  now: Instant,
): Promise<JoinedOrders> {
  const retired: DecidedOrder[] = [];
  let order = known;
  let tied = false;
  for (const key of absorbed) {
    const other = await lockOrder(tx, key);
    if (order === undefined || other === undefined || other.joined_to !== null) continue;
    retired.push(await retire(tx, other, order.order_key, now));
    const subscription = await oneSubscription(tx, order, [order.subscription_id, other.subscription_id]);
    tied ||= subscription.tied;
    const joined = { ...joinSales(order, other), subscription_id: subscription.name };
    order = await withRulings(tx, withHold(joined, other), other, now);
  }
  return { order, retired, tied };
}

/** The hold began with whichever was heard of first, and has ended when it ended for one of them. */
function withHold(order: OrderRow, other: OrderRow): OrderRow {
  if (order.released_at !== null || order.release_at === null || other.released_at === null) return order;
  return { ...order, release_at: other.released_at };
}

async function retire(tx: Tx, other: OrderRow, into: OrderKey, now: Instant): Promise<DecidedOrder> {
  const order: OrderRow = {
    ...other,
    subscription_id: null,
    licence_hash: null,
    email_hash: null,
    email_domain_hash: null,
    email_alias_hash: null,
    email_site_hash: null,
    reference: null,
    coupon: null,
    decision_seq: other.decision_seq + 1,
    outcome: "unattributed",
    partner_id: null,
    reason: "joined",
    release_at: null,
    joined_to: into,
    chain: null,
  };
  await replaceOrder(tx, order);
  await insertDecision(tx, {
    order_key: order.order_key,
    seq: order.decision_seq,
    outcome: order.outcome,
    partner_id: null,
    reason: order.reason,
    evidence_kind: null,
    evidence_route: null,
    evidence: "[]",
    credits: "[]",
    plan: null,
    policy: "{}",
    suspicions: null,
    cause: "same_sale",
    decided_at: now,
    seal: null,
  });
  const books = { order, credits: [], cause: "same_sale", evidence: null, losses: [], fresh: false };
  const bookings = await settleBooks(tx, books, now);
  return { order, evidence: null, credits: [], bookings, related: [] };
}

/** The newest ruling on either stands for both. */
async function withRulings(tx: Tx, order: OrderRow, other: OrderRow, now: Instant): Promise<OrderRow> {
  const theirs = (await findRulings(tx, other.order_key)).at(-1);
  if (theirs === undefined) return order;
  const ours = (await findRulings(tx, order.order_key)).at(-1);
  if (ours === undefined || ours.ruled_at < theirs.ruled_at) {
    const { partner_id, note, ruled_at } = theirs;
    const seq = (ours?.seq ?? 0) + 1;
    await insertRuling(tx, { order_key: order.order_key, seq, partner_id, note, ruled_at: ruled_at ?? now });
  }
  return { ...order, reason: "ruling" };
}
