import { sql } from "kysely";
import type { Instant } from "../../clock.ts";
import type { OrderKey } from "../../ids.ts";
import { query } from "../query.ts";
import type { OrderRow } from "../schema.ts";
import type { Tx } from "../store.ts";

/** Where a page of a list of orders begins: after this order. */
export interface OrderCursor {
  received_at: Instant;
  order_key: OrderKey;
}

type Page = OrderCursor & { since: Instant; limit: number };

const listQuery = query<Page>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("received_at", ">=", p.since)
    .where(sql<boolean>`(received_at, order_key) < (${p.received_at}, ${p.order_key})`)
    .orderBy("received_at", "desc")
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

const listByOutcomeQuery = query<Page & { outcome: OrderRow["outcome"] }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("outcome", "=", p.outcome)
    .where("received_at", ">=", p.since)
    .where(sql<boolean>`(received_at, order_key) < (${p.received_at}, ${p.order_key})`)
    .orderBy("received_at", "desc")
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

/** A page of orders, the newest first. */
export function listOrderRows(
  tx: Tx,
  page: { after: OrderCursor; since: Instant; limit: number; outcome?: OrderRow["outcome"] },
): Promise<OrderRow[]> {
  const { after, since, limit, outcome } = page;
  const bounds = { ...after, since, limit };
  return outcome === undefined
    ? tx.all(listQuery, bounds)
    : tx.all(listByOutcomeQuery, { ...bounds, outcome });
}
