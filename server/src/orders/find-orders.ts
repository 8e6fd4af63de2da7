import type { Deps } from "../deps/deps.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { Tx } from "../store/store.ts";
import { as, type LicenceHash, type OrderKey } from "../words/ids.ts";
import { hashesOfLicence } from "./kept-licence.ts";
import { type OrderSummary, summaryOf } from "./orders.ts";
import { findLicencesOfSerial, findOrdersOfNumber, stepToOrdersOfEmail } from "./rows/order-lists.ts";
import { findOrdersOfLicence } from "./rows/orders.ts";
import type { OrderRow } from "./rows/schema.ts";

/** What of an order is known: the buyer's address, the licence or serial of the copy, or any id a shop gave it. */
export type OrderTrace = { email: string } | { licence: string } | { serial: string } | { number: string };

/** The orders that a trace leads to, of all shops, newest first, 200 at the most. */
export async function findOrdersBy(deps: Deps, trace: OrderTrace): Promise<OrderSummary[]> {
  const found =
    "email" in trace
      ? await walkOrdersOfEmail(deps, trace.email)
      : await deps.store.read((tx) => ordersOf(tx, deps, trace));
  const orders = new Map(found.map((order) => [order.order_key, order]));
  return [...orders.values()].sort((a, b) => (a.order_key < b.order_key ? 1 : -1)).map(summaryOf);
}

const foundAtMost = 200;

/** In steps, each a read of its own: so purchases do not wait for the walk. */
async function walkOrdersOfEmail({ store, hashes }: Deps, email: string): Promise<OrderRow[]> {
  const email_hash = hashes.email(email);
  const found: OrderRow[] = [];
  let before: OrderKey | undefined = as.order("~");
  while (before !== undefined && found.length < foundAtMost) {
    const from: OrderKey = before;
    const step = await store.read((tx) => stepToOrdersOfEmail(tx, { email_hash, before: from }));
    found.push(...step.orders);
    before = step.next;
  }
  return found.slice(0, foundAtMost);
}

async function ordersOf(
  tx: Tx,
  { hashes }: Deps,
  trace: Exclude<OrderTrace, { email: string }>,
): Promise<OrderRow[]> {
  if ("number" in trace) return findOrdersOfNumber(tx, trace.number.trim());
  const text = "licence" in trace ? trace.licence : trace.serial;
  const licences = new Set<LicenceHash>(await hashesOfLicence(tx, hashes, text));
  const serial = readSerial(hashes, text);
  for (const hash of [serial?.hash, serial?.openHash])
    if (hash !== undefined && hash !== null)
      for (const licence of await findLicencesOfSerial(tx, hash)) licences.add(licence);
  const orders: OrderRow[] = [];
  for (const licence of licences) orders.push(...(await findOrdersOfLicence(tx, licence)));
  return orders;
}
