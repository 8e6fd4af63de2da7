import type { Deps } from "../../deps/deps.ts";
import { adoptNow, formerOfEmail, formerOfLicence } from "../../secrets/former-hashes.ts";
import { readSerial } from "../../secrets/read-serial.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash } from "../../words/ids.ts";
import { hashesOfLicence } from "../record/kept-licence.ts";
import { findLicencesOfSerial, findOrdersOfEmail, findOrdersOfNumber } from "../rows/order-lists.ts";
import { findOrdersOfLicence } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import { type OrderSummary, summaryOf } from "./list-orders.ts";

/** What of an order is known: the buyer's address, the licence or serial of the copy, or any id a shop gave it. */
export type OrderTrace = { email: string } | { licence: string } | { serial: string } | { number: string };

/** The orders that a trace leads to, of all shops, newest first, 200 at the most. */
export async function findOrdersBy(deps: Deps, trace: OrderTrace): Promise<OrderSummary[]> {
  await meet(deps, trace);
  const found = await deps.store.read((tx) => ordersOf(tx, deps, trace));
  const orders = new Map(found.map((order) => [order.order_key, order]));
  return [...orders.values()].sort((a, b) => (a.order_key < b.order_key ? 1 : -1)).map(summaryOf);
}

async function meet(deps: Deps, trace: OrderTrace): Promise<void> {
  if ("email" in trace) await adoptNow(deps, formerOfEmail(deps.hashes, trace.email));
  else if (!("number" in trace))
    await adoptNow(deps, formerOfLicence(deps.hashes, "licence" in trace ? trace.licence : trace.serial));
}

async function ordersOf(tx: Tx, { hashes }: Deps, trace: OrderTrace): Promise<OrderRow[]> {
  if ("email" in trace) return findOrdersOfEmail(tx, hashes.email(trace.email));
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
