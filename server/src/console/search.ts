import { listPartnerRows } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { findOrdersBy, type OrderTrace } from "../orders/find-orders.ts";
import type { OrderSummary } from "../orders/orders.ts";
import { isEmailAddress } from "../words/email-address.ts";

/** What a search has led to. */
export interface Found {
  orders: OrderSummary[];
  /** By id or by a part of the name. */
  partners: { id: string; name: string }[];
}

const partnersAtMost = 20;
const longestQuery = 255;

/**
 * Whatever a text may be: an order's number or any other id that its shop gave it, a licence, a serial, a buyer's
 * address, a partner. Every way is tried, since nobody can tell a serial from a licence.
 */
export async function searchAnything(deps: Deps, query: string): Promise<Found> {
  const text = query.trim().slice(0, longestQuery);
  if (text === "") return { orders: [], partners: [] };
  const traces: OrderTrace[] = isEmailAddress(text)
    ? [{ email: text }, { number: text }]
    : [{ number: text }, { licence: text }];
  const orders = new Map<string, OrderSummary>();
  for (const trace of traces)
    for (const order of await findOrdersBy(deps, trace))
      orders.set(JSON.stringify([order.shop, order.order]), order);
  return { orders: [...orders.values()], partners: await findPartners(deps, text) };
}

async function findPartners({ store }: Deps, text: string): Promise<Found["partners"]> {
  const wanted = text.toLowerCase();
  const rows = await store.read(listPartnerRows);
  return rows
    .filter(({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, partnersAtMost)
    .map(({ id, name }) => ({ id, name }));
}
