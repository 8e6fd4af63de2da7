import { type Kysely, sql } from "kysely";
import { selectLossEvents } from "../../events/rows/events.ts";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";

const sums = (db: Kysely<Schema>) =>
  db
    .selectFrom("balances")
    .select(["partner_id", "currency"])
    .select((row) => [
      row.fn.sum<number | string>("held_minor").as("held_minor"),
      row.fn.sum<number | string>("payable_minor").as("payable_minor"),
      row.fn.sum<number | string>("paid_minor").as("paid_minor"),
    ])
    .groupBy(["partner_id", "currency"])
    .orderBy("partner_id")
    .orderBy("currency");

const balancesQuery = query<object>()((db) => sums(db));
const balancesOfPartnerQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  sums(db).where("partner_id", "=", p.partner_id),
);

/**
 * Sums by partner and currency, of all partners or of one: as many rows as there are, added up by the database. `sum`
 * answers text on one engine, so they are to be read with `Number`.
 */
export const sumBalances = (tx: Tx, { partner }: { partner?: PartnerId }) =>
  partner === undefined ? tx.all(balancesQuery, {}) : tx.all(balancesOfPartnerQuery, { partner_id: partner });

const journalQuery = query<{ after: number; limit: number }>()((db, p) =>
  db
    .selectFrom("transfers")
    .leftJoin("orders", "orders.order_key", "transfers.order_key")
    .select([
      "transfers.id",
      "transfers.order_key",
      "transfers.decision_seq",
      "transfers.partner_id",
      "transfers.kind",
      "transfers.debit",
      "transfers.credit",
      "transfers.amount_minor",
      "transfers.currency",
      "transfers.cause",
      "transfers.booked_at",
      "orders.shop",
      "orders.order_id",
    ])
    .where("transfers.id", ">", p.after)
    .orderBy("transfers.id")
    .limit(p.limit as never),
);

/** A page of the journal in the order of booking, with the names people know the orders by. */
export const listJournal = (tx: Tx, page: { after: number; limit: number }) => tx.all(journalQuery, page);

const journalSumsQuery = query<object>()((db) =>
  db
    .selectFrom("transfers")
    .select(["partner_id", "currency"])
    .select([
      sql<
        number | string
      >`sum(case when credit = 'held' then amount_minor when debit = 'held' then -amount_minor else 0 end)`.as(
        "held_minor",
      ),
      sql<
        number | string
      >`sum(case when credit = 'payable' then amount_minor when debit = 'payable' then -amount_minor else 0 end)`.as(
        "payable_minor",
      ),
      sql<
        number | string
      >`sum(case when credit = 'paid' then amount_minor when debit = 'paid' then -amount_minor else 0 end)`.as(
        "paid_minor",
      ),
    ])
    .groupBy(["partner_id", "currency"])
    .orderBy("partner_id")
    .orderBy("currency"),
);

/** The balances as the whole journal adds up to them: for checking, since it walks through all of history. */
export const sumJournal = (tx: Tx) => tx.all(journalSumsQuery, {});

const orderKeysQuery = query<{ after: OrderKey; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** A page of all orders by key. */
export const walkOrders = (tx: Tx, page: { after: OrderKey; limit: number }) => tx.all(orderKeysQuery, page);

/** Which orders' rows to read: keys after `after`, up to and with `last`. */
export interface OrderSpan {
  after: OrderKey;
  last: OrderKey;
}

const transfersOfSpanQuery = query<OrderSpan>()((db, p) =>
  db
    .selectFrom("transfers")
    .selectAll()
    .where("order_key", ">", p.after)
    .where("order_key", "<=", p.last)
    .orderBy("id"),
);

/** The transfers of many orders, in the order of booking: for checking. */
export const walkTransfers = (tx: Tx, span: OrderSpan) => tx.all(transfersOfSpanQuery, span);

const lossesOfSpanQuery = query<OrderSpan>()((db, p) =>
  selectLossEvents(db)
    .where("order_links.order_key", ">", p.after)
    .where("order_links.order_key", "<=", p.last),
);

/** The refunds and disputes of many orders: for checking. */
export const walkLossEvents = (tx: Tx, span: OrderSpan) => tx.all(lossesOfSpanQuery, span);

const orphansQuery = query<object>()((db) =>
  db
    .selectFrom("transfers")
    .leftJoin("orders", "orders.order_key", "transfers.order_key")
    .select(["transfers.id"])
    .where("transfers.order_key", "is not", null)
    .where("orders.order_key", "is", null)
    .limit(20),
);

/** Transfers that name an order which is not there: there should be none. */
export const findOrphanTransfers = (tx: Tx) => tx.all(orphansQuery, {});
