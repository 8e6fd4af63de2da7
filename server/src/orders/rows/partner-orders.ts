import { sql } from "kysely";
import type { findTransfersOfOrder } from "../../books/rows/transfers.ts";
import { type LossRow, selectLossEvents } from "../../events/rows/events.ts";
import { type Placeholders, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import type { OrderRow } from "./schema.ts";

/** The orders in which a partner has or had a share, from the oldest key to the newest, both included. */
export interface OwnSpan {
  partner_id: PartnerId;
  oldest: OrderKey;
  newest: OrderKey;
}

/** By the index of bookings by partner and order alone. */
const ownKeys = (p: Placeholders<OwnSpan>) =>
  sql<OrderKey>`(select own.order_key from transfers as own
    where own.partner_id = ${p.partner_id} and own.order_key >= ${p.oldest} and own.order_key <= ${p.newest})`;

const ordersQuery = query<OwnSpan>()((db, p) =>
  db.selectFrom("orders").selectAll().where("order_key", "in", ownKeys(p)),
);

const transfersQuery = query<OwnSpan>()((db, p) =>
  db.selectFrom("transfers").selectAll().where("order_key", "in", ownKeys(p)).orderBy("id"),
);

const lossesQuery = query<OwnSpan>()((db, p) =>
  selectLossEvents(db).where("order_links.order_key", "in", ownKeys(p)).orderBy("events.occurred_at"),
);

/** A booking as it is read. */
export type BookedTransfer = Awaited<ReturnType<typeof findTransfersOfOrder>>[number];

/** What a partner's view of orders is made of. */
export interface OwnOrders {
  orders: ReadonlyMap<OrderKey, OrderRow>;
  transfers: ReadonlyMap<OrderKey, BookedTransfer[]>;
  losses: ReadonlyMap<OrderKey, LossRow[]>;
}

/** Reads a page of a partner's orders with their bookings and what was given back, in three statements. */
export async function readOwnOrders(tx: Tx, span: OwnSpan): Promise<OwnOrders> {
  const orders = await tx.all(ordersQuery, span);
  return {
    orders: new Map(orders.map((order) => [order.order_key, order])),
    transfers: byOrder(await tx.all(transfersQuery, span)),
    losses: byOrder(await tx.all(lossesQuery, span)),
  };
}

function byOrder<Row extends { order_key: OrderKey | null }>(rows: readonly Row[]): Map<OrderKey, Row[]> {
  const found = new Map<OrderKey, Row[]>();
  for (const row of rows) {
    if (row.order_key === null) continue;
    const own = found.get(row.order_key);
    if (own === undefined) found.set(row.order_key, [row]);
    else own.push(row);
  }
  return found;
}
