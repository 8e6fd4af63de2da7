import { sql } from "kysely";
import type { OrderSpan } from "../../books/rows/ledger-lists.ts";
import type { EventRow } from "../../events/rows/schema.ts";
import { overList } from "../../store/over-list.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId, ShopName } from "../../words/ids.ts";
import type { DecisionRow, OrderRow, RulingRow } from "./schema.ts";

/** Where a page of orders begins, and what they were last touched by: all of them where both say so. */
export interface OrderWalk {
  after: OrderKey;
  /** Orders of this key and later are all walked through. */
  first: OrderKey;
  /** Of the others those that something was booked, decided or told for at this instant or later. */
  since: Instant;
  limit: number;
}

const ordersQuery = query<OrderWalk>()((db, p) => ({
  compile: () =>
    sql<OrderRow>`select * from orders
      where order_key > ${p.after} and (
        order_key >= ${p.first}
        or exists (select 1 from decisions where order_key = orders.order_key and decided_at >= ${p.since})
        or exists (select 1 from transfers where order_key = orders.order_key and booked_at >= ${p.since})
        or exists (
          select 1 from order_links
            join events on events.link_id = order_links.id and events.shop = order_links.namespace
              and events.effect <> 'sale'
          where order_links.order_key = orders.order_key and events.received_at >= ${p.since}))
      order by order_key limit ${p.limit}`.compile(db),
}));

/** A page of orders by key, or of those that were touched since an instant: for checking. */
export const walkTouched = (tx: Tx, walk: OrderWalk) => tx.all(ordersQuery, walk);

/** What a check reads of a decision. */
export type CheckedDecision = Pick<
  DecisionRow,
  | "order_key"
  | "seq"
  | "outcome"
  | "partner_id"
  | "reason"
  | "evidence_kind"
  | "evidence_route"
  | "evidence"
  | "credits"
  | "plan"
  | "policy"
  | "decided_at"
>;

const decisionsQuery = query<OrderSpan>()((db, p) =>
  db
    .selectFrom("decisions")
    .select([
      "order_key",
      "seq",
      "outcome",
      "partner_id",
      "reason",
      "evidence_kind",
      "evidence_route",
      "evidence",
      "credits",
      "plan",
      "policy",
      "decided_at",
    ])
    .where("order_key", ">", p.after)
    .where("order_key", "<=", p.last)
    .orderBy("order_key")
    .orderBy("seq"),
);

/** The decisions of many orders, oldest first of each: for checking. */
export const walkDecisions = (tx: Tx, span: OrderSpan): Promise<CheckedDecision[]> =>
  tx.all(decisionsQuery, span);

/** What a sale event told, as its order is checked against it. */
export type ToldRow = Pick<
  EventRow,
  | "event_id"
  | "link_id"
  | "object_id"
  | "amount_minor"
  | "net_minor"
  | "currency"
  | "lines"
  | "amounts_rank"
  | "told"
  | "occurred_at"
  | "created_at"
  | "received_at"
> & {
  order_key: OrderKey;
  /** The order that its own name leads to. */
  leads_to: OrderKey | null;
};

const toldColumns = [
  "events.event_id",
  "events.link_id",
  "events.object_id",
  "events.amount_minor",
  "events.net_minor",
  "events.currency",
  "events.lines",
  "events.amounts_rank",
  "events.told",
  "events.occurred_at",
  "events.created_at",
  "events.received_at",
] as const;

const toldQuery = query<OrderSpan>()((db, p) =>
  db
    .selectFrom("orders")
    .innerJoin("events", (join) =>
      join
        .onRef("events.event_id", "=", "orders.amounts_event")
        .onRef("events.shop", "=", "orders.shop")
        .on("events.effect", "=", "sale"),
    )
    .leftJoin("order_links", (join) =>
      join
        .onRef("order_links.id", "=", "events.link_id" as never)
        .onRef("order_links.namespace", "=", "events.shop" as never),
    )
    .select(["orders.order_key", "order_links.order_key as leads_to", ...toldColumns])
    .where("orders.order_key", ">", p.after)
    .where("orders.order_key", "<=", p.last),
);

/** The events that told the amounts of many orders: for checking. */
export const walkTold = (tx: Tx, span: OrderSpan): Promise<ToldRow[]> => tx.all(toldQuery, span);

/** The sale events that orders name beside: rows of the order's key, its shop and an event's id. */
export const findTold = overList(
  (items) => sql<ToldRow>`select item.value ->> 0 as order_key, order_links.order_key as leads_to,
      ${sql.join(toldColumns.map((name) => sql.ref(name)))}
    from ${items} join events on events.event_id = item.value ->> 2 and events.shop = item.value ->> 1
      left join order_links on order_links.id = events.link_id and order_links.namespace = events.shop
    where events.effect = 'sale'`,
);

const rulingsQuery = query<OrderSpan>()((db, p) =>
  db
    .selectFrom("rulings")
    .select(["order_key", "seq", "partner_id"])
    .where("order_key", ">", p.after)
    .where("order_key", "<=", p.last)
    .orderBy("order_key")
    .orderBy("seq"),
);

/** The rulings on many orders, oldest first of each: for checking. */
export const walkRulings = (
  tx: Tx,
  span: OrderSpan,
): Promise<Pick<RulingRow, "order_key" | "seq" | "partner_id">[]> => tx.all(rulingsQuery, span);

/** A sale that was taken and does not stand in its order as it was told. */
export interface UntoldSale {
  shop: ShopName;
  event_id: string;
  object_id: string;
  created_at: Instant | null;
  link_id: string;
  order_key: OrderKey | null;
  joined_to: OrderKey | null;
  amounts_event: string | null;
  told_by: string | null;
}

const untoldQuery = query<{ since: Instant; limit: number }>()((db, p) => ({
  compile: () =>
    sql<UntoldSale>`select events.shop, events.event_id, events.object_id, events.created_at, events.link_id,
        orders.order_key, orders.joined_to, orders.amounts_event, orders.told_by
      from events
        left join order_links on order_links.namespace = events.shop and order_links.id = events.link_id
        left join orders on orders.order_key = order_links.order_key
      where events.effect = 'sale' and events.received_at >= ${p.since} and (
        orders.order_key is null or orders.joined_to is not null or events.net_minor is null
        or orders.amounts_event <> events.event_id and (
          events.amounts_rank > orders.amounts_rank
          or events.amounts_rank = orders.amounts_rank and (
            coalesce(events.created_at, 0) > orders.amounts_at
            or coalesce(events.created_at, 0) = orders.amounts_at and (
              events.net_minor > orders.net_minor
              or events.net_minor = orders.net_minor and events.amount_minor - events.net_minor > orders.tax_minor))))
      limit ${p.limit}`.compile(db),
}));

/** Sales that were taken and have no order, or that know the amounts of theirs better than what it has: for checking. */
export const findUntoldSales = (tx: Tx, about: { since: Instant; limit: number }) =>
  tx.all(untoldQuery, about);

/** Objects of events: rows of a shop and an event's id. */
export const findObjects = overList(
  (items) => sql<{ object_id: string }>`select events.object_id from ${items}
    join events on events.event_id = item.value ->> 1 and events.shop = item.value ->> 0`,
);

/** A partner's percentages as they stand and as they were added and changed, in the order of the changes. */
export interface RateRow {
  id: PartnerId;
  percent_bp: number;
  added_percent_bp: number | null;
  changed: string | null;
  recorded_at: Instant | null;
}

const rateColumns = sql`partners.id, partners.percent_bp, partners.added_percent_bp, partner_history.changed,
  partner_history.recorded_at`;
const rateHistory = sql`left join partner_history on partner_history.partner_id = partners.id
  and partner_history.changed like '%"percent"%'`;

/** What is known of partners' percentages: rows of a partner's id. */
export const findRates = overList(
  (items) => sql<RateRow>`select ${rateColumns} from ${items} join partners on partners.id = item.value ->> 0
    ${rateHistory} order by partners.id, partner_history.change_no`,
);

const partnersQuery = query<{ after: PartnerId; limit: number }>()((db, p) =>
  db
    .selectFrom("partners")
    .select("id")
    .where("id", ">", p.after)
    .orderBy("id")
    .limit(p.limit as never),
);

/** A page of all partners' ids. */
export const walkPartners = (tx: Tx, page: { after: PartnerId; limit: number }) =>
  tx.all(partnersQuery, page);
