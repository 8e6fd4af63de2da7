import { requirePartner } from "../../channel/active-partner.ts";
import type { Deps } from "../../deps/deps.ts";
import { type Instant, instant, isoTime } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../../words/page-cursor.ts";
import { listOrderRows } from "../rows/order-lists.ts";
import type { OrderRow } from "../rows/schema.ts";

/** An order in a list. Times are ISO 8601 UTC, amounts minor units. */
export interface OrderSummary {
  shop: string;
  order: string;
  outcome: OrderRow["outcome"];
  partner: string | null;
  reason: string;
  cycle: OrderRow["cycle"];
  product: string | null;
  /** The buyer's, ISO 3166-1 alpha-2, where the shop tells it. */
  country: string | null;
  netMinor: number;
  taxMinor: number;
  currency: string;
  occurredAt: string;
  receivedAt: string;
}

/** A page of orders, the newest first; `next` is the `after` of the page behind it. */
export interface OrderPage {
  orders: OrderSummary[];
  next: string | null;
}

/** What to list: 100 orders by default, 1,000 at the most. */
export interface OrderFilter {
  outcome?: OrderRow["outcome"];
  partner?: string;
  shop?: string;
  product?: string;
  reason?: string;
  /** Orders the receiver first heard of at this instant or later. */
  since?: Instant;
  /** Orders the receiver first heard of at this instant or earlier. */
  until?: Instant;
  limit?: number;
  after?: string;
}

/** @throws Refusal `partner_unknown`; `request_invalid` when `after` is not a `next` that was answered before. */
export async function listOrders(deps: Pick<Deps, "store">, filter: OrderFilter = {}): Promise<OrderPage> {
  const limit = rowsOfPage(filter.limit);
  const { since = instant(0), until, after = afterAll, limit: _, ...traits } = filter;
  if (!/^[a-z0-9~]{1,64}$/.test(after)) refuseCursor();
  const end = until === undefined ? as.order(afterAll) : firstOrderKey(instant(until + 1));
  const before = end < after ? end : as.order(after);
  const range = { first: firstOrderKey(since), before, limit: limit + 1 };
  const rows = await deps.store.read(async (tx) => {
    if (traits.partner !== undefined) await requirePartner(tx, traits.partner);
    return listOrderRows(tx, range, traits);
  });
  const { shown, next } = cutPage(rows, limit, (row) => row.order_key);
  return { orders: shown.map(summaryOf), next };
}

/** Sorts after every key. */
const afterAll = "~";

/** An order in a list, from its row. */
export const summaryOf = (order: OrderRow): OrderSummary => ({
  shop: order.shop,
  order: order.order_id,
  outcome: order.outcome,
  partner: order.partner_id,
  reason: order.reason,
  cycle: order.cycle,
  product: order.product,
  country: order.country,
  netMinor: order.net_minor,
  taxMinor: order.tax_minor,
  currency: order.currency,
  occurredAt: isoTime(order.occurred_at),
  receivedAt: isoTime(order.received_at),
});
