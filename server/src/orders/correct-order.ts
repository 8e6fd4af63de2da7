import type { Deps } from "../deps/deps.ts";
import type { LossEvent } from "../events/purchase-event.ts";
import { findLink } from "../events/rows/events.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { decimalOf, minorOf } from "../words/money.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { lockOrder } from "./order-names.ts";
import { type DecisionRecord, readDecisionRecord, refuseUnknownOrder } from "./orders.ts";
import { recordEvent } from "./record-event.ts";
import { reportOrder } from "./report-order.ts";
import { refuseUnfitNote } from "./resolve-order.ts";
import { findOrder } from "./rows/orders.ts";
import type { OrderRow } from "./rows/schema.ts";

/** What a person enters of an order that its shop does not tell. Amounts as a decimal number in the order's currency. */
export interface Correction {
  shop: string;
  /** Any id the shop gave the order. */
  order: string;
  what: { refunded: string } | { restored: string } | { void: true };
  /** Why, on one line; it stays on record. */
  note: string;
}

/**
 * Enters by hand that money went back (`refunded`, tax included), that some of it came back after all (`restored`), or
 * that nothing of the order stands (`void`). It counts beside what the shop tells, as one more fact, and stays on record.
 *
 * @throws Refusal `order_unknown`, `request_invalid`
 */
export async function correctOrder(deps: Deps, correction: Correction): Promise<DecisionRecord> {
  refuseUnfitNote(correction.note);
  const now = deps.clock();
  const corrected = await deps.store.write((tx) => enter(tx, deps, correction, now));
  if (corrected === undefined) return refuseUnknownOrder(correction.shop);
  for (const one of corrected.decided) reportOrder(deps.log, one);
  return corrected.record;
}

async function enter(tx: Tx, deps: Deps, { shop, order: id, what, note }: Correction, now: Instant) {
  const key = await findLink(tx, as.shop(shop), id);
  const order = key === undefined ? undefined : await lockOrder(tx, key);
  if (order === undefined) return undefined;
  const event = eventOf(order, what, now);
  const recorded = await recordEvent(tx, deps, { shop: order.shop, event, note: note.trim() }, now);
  if (recorded.status !== "recorded") throw new Error("a correction has an id of its own");
  const after = await findOrder(tx, order.order_key);
  if (after === undefined) throw new Error("an order stays where it is");
  return { record: await readDecisionRecord(tx, after), decided: recorded.decided };
}

function eventOf(order: OrderRow, what: Correction["what"], now: Instant): LossEvent {
  const id = as.provider(`correction-${randomHex(12)}`);
  const about = {
    eventId: id,
    objectId: id,
    occurredAt: now,
    // Its own id comes first: a running total of the shop's does not contain what is entered beside it.
    target: [id, order.order_id],
    currency: order.currency,
  };
  const refund = { ...about, effect: "refund", cumulative: false, movement: id } as const;
  if ("void" in what) return { ...refund, whole: true, amountMinor: order.net_minor + order.tax_minor };
  if ("refunded" in what) return { ...refund, amountMinor: amountIn(order, what.refunded) };
  return { ...about, effect: "restored", amountMinor: amountIn(order, what.restored) };
}

function amountIn({ currency, net_minor, tax_minor }: OrderRow, text: string): number {
  const amountMinor = minorOf(text, currency);
  const grossMinor = net_minor + tax_minor;
  if (amountMinor === undefined || amountMinor <= 0 || amountMinor > grossMinor)
    throw new Refusal(
      "request_invalid",
      `Expected an amount above zero and up to ${decimalOf(grossMinor, currency)} ${currency}, tax included, such as ${decimalOf(grossMinor, currency)}.`,
    );
  return amountMinor;
}
