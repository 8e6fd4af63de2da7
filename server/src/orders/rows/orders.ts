import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, OrderKey, ProviderId, ShopName } from "../../words/ids.ts";
import type { DecisionRow, OrderRow } from "./schema.ts";

const orderColumns = columnsOf<OrderRow>({
  order_key: true,
  shop: true,
  order_id: true,
  object_id: true,
  cycle: true,
  told_cycle: true,
  product: true,
  subscription_id: true,
  licence_hash: true,
  email_hash: true,
  email_domain_hash: true,
  email_alias_hash: true,
  email_site_hash: true,
  reference: true,
  coupon: true,
  country: true,
  net_minor: true,
  tax_minor: true,
  currency: true,
  lines: true,
  amounts_rank: true,
  amounts_at: true,
  amounts_event: true,
  told_by: true,
  occurred_at: true,
  received_at: true,
  decision_seq: true,
  outcome: true,
  partner_id: true,
  reason: true,
  release_at: true,
  released_at: true,
  joined_to: true,
  chain: true,
});

const order = { table: "orders", key: ["order_key"] } as const;

const insertOrderQuery = query<OrderRow>()(
  (db, p) => db.insertInto("orders").values(valuesOf(orderColumns, p)),
  { does: "insert", table: "orders" },
);

/** Keeps a new order with the outcome of its first decision. */
export const insertOrder = (tx: Tx, order: OrderRow) => tx.run(insertOrderQuery, order);

const orderQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db.selectFrom("orders").selectAll().where("order_key", "=", p.order_key),
);

/** An order by its key. */
export const findOrder = (tx: Tx, key: OrderKey) => tx.one(orderQuery, { order_key: key });

const lockOrderQuery = query<{ order_key: OrderKey }>()(
  (db, p) =>
    db
      .updateTable("orders")
      .set((row) => ({ decision_seq: row.ref("decision_seq") }))
      .where("order_key", "=", p.order_key)
      .returningAll(),
  { does: "lock", ...order, there: orderQuery },
);

/** An order by its key, locked until the transaction ends: an update that changes nothing locks on every engine. */
export const findOrderToChange = (tx: Tx, key: OrderKey) => tx.one(lockOrderQuery, { order_key: key });

const replaceOrderQuery = query<OrderRow>()(
  (db, p) =>
    db
      .updateTable("orders")
      .set({
        order_id: p.order_id,
        object_id: p.object_id,
        cycle: p.cycle,
        told_cycle: p.told_cycle,
        product: p.product,
        subscription_id: p.subscription_id,
        licence_hash: p.licence_hash,
        email_hash: p.email_hash,
        email_domain_hash: p.email_domain_hash,
        email_alias_hash: p.email_alias_hash,
        email_site_hash: p.email_site_hash,
        reference: p.reference,
        coupon: p.coupon,
        country: p.country,
        net_minor: p.net_minor,
        tax_minor: p.tax_minor,
        currency: p.currency,
        lines: p.lines,
        amounts_rank: p.amounts_rank,
        amounts_at: p.amounts_at,
        amounts_event: p.amounts_event,
        told_by: p.told_by,
        occurred_at: p.occurred_at,
        received_at: p.received_at,
        decision_seq: p.decision_seq,
        outcome: p.outcome,
        partner_id: p.partner_id,
        reason: p.reason,
        release_at: p.release_at,
        released_at: p.released_at,
        joined_to: p.joined_to,
        chain: p.chain,
      })
      .where("order_key", "=", p.order_key),
  { does: "update", ...order },
);

/** Brings an order's row up to what is now known and decided. Decisions and transfers keep the history. */
export const replaceOrder = (tx: Tx, order: OrderRow) => tx.run(replaceOrderQuery, order);

const decisionColumns = columnsOf<DecisionRow>({
  order_key: true,
  seq: true,
  outcome: true,
  partner_id: true,
  reason: true,
  evidence_kind: true,
  evidence_route: true,
  evidence: true,
  credits: true,
  plan: true,
  policy: true,
  suspicions: true,
  cause: true,
  decided_at: true,
  seal: true,
});

const insertDecisionQuery = query<DecisionRow>()(
  (db, p) => db.insertInto("decisions").values(valuesOf(decisionColumns, p)),
  { does: "insert", table: "decisions" },
);

/** Appends a decision. */
export const insertDecision = (tx: Tx, decision: DecisionRow) => tx.run(insertDecisionQuery, decision);

const decisionQuery = query<{ order_key: OrderKey; seq: number }>()((db, p) =>
  db.selectFrom("decisions").selectAll().where("order_key", "=", p.order_key).where("seq", "=", p.seq),
);

/** One decision of an order. */
export const findDecision = (tx: Tx, key: OrderKey, seq: number) =>
  tx.one(decisionQuery, { order_key: key, seq });

const decisionsQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db.selectFrom("decisions").selectAll().where("order_key", "=", p.order_key).orderBy("seq"),
);

/** All decisions of an order, oldest first. */
export const findDecisions = (tx: Tx, key: OrderKey) => tx.all(decisionsQuery, { order_key: key });

/**
 * No licence or subscription honestly has more orders; a bound keeps a hostile one cheap. It stands in the text of
 * the query: SQLite plans a statement anew each time another value is bound to its limit, which costs ten times as
 * much as the look-up itself.
 */
export const mostRelated = sql.lit(200);

const bySubscriptionQuery = query<{ shop: ShopName; subscription_id: ProviderId }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("shop", "=", p.shop)
    .where("subscription_id", "=", p.subscription_id)
    .orderBy("occurred_at")
    .orderBy("order_id")
    .limit(mostRelated),
);

const byLicenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("licence_hash", "=", p.licence_hash)
    .orderBy("occurred_at")
    .orderBy("order_id")
    .limit(mostRelated),
);

/** The orders of one subscription, oldest first. */
export const findOrdersOfSubscription = (tx: Tx, shop: ShopName, subscription: ProviderId) =>
  tx.all(bySubscriptionQuery, { shop, subscription_id: subscription });

/** The orders of one licence, oldest first. */
export const findOrdersOfLicence = (tx: Tx, licence: LicenceHash) =>
  tx.all(byLicenceQuery, { licence_hash: licence });

/** A reference that more orders have named is noticed by the first of them; a bound keeps a hostile one cheap. */
const mostOfOneReference = sql.lit(50);

const byReferenceQuery = query<{ reference: string }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("reference", "=", p.reference)
    .orderBy("occurred_at")
    .orderBy("order_id")
    .limit(mostOfOneReference),
);

/** The orders that named one click, oldest first. */
export const findOrdersOfReference = (tx: Tx, reference: string) => tx.all(byReferenceQuery, { reference });

/** Where a page of orders that are due begins: after this order. */
export interface DueCursor {
  release_at: Instant;
  order_key: OrderKey;
}

const dueQuery = query<DueCursor & { now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(["order_key", "release_at"])
    .where("release_at", "is not", null)
    .where("release_at", "<=", p.now)
    .where(sql<boolean>`(release_at, order_key) > (${p.release_at}, ${p.order_key})`)
    .orderBy("release_at")
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** Orders whose holding period has ended, the longest waiting first. */
export const findDueOrders = (tx: Tx, page: { after: DueCursor; now: Instant; limit: number }) =>
  tx.all(dueQuery, { ...page.after, now: page.now, limit: page.limit });
