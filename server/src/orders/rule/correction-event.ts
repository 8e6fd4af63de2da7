import { orderLostGross } from "../../books/book.ts";
import { findCorrections } from "../../books/rows/corrections.ts";
import type { LossEvent } from "../../events/purchase-event.ts";
import { findLossEvents, type LossRow } from "../../events/rows/events.ts";
import type { Tx } from "../../store/store.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { decimalOf, minorOf } from "../../words/money.ts";
import { randomHex } from "../../words/random-hex.ts";
import { Refusal } from "../../words/refusal.ts";
import type { OrderRow } from "../rows/schema.ts";

/** What a correction says: an amount as a decimal number, that nothing stands, or the id of one that it takes back. */
export type CorrectedBy = { refunded: string } | { restored: string } | { void: true } | { reverses: string };

/**
 * A correction of an order as an event beside those of its shop.
 *
 * @throws {Refusal} `request_invalid`; of one that is to be taken back `correction_unknown`, `correction_settled`,
 * `correction_reversed`
 */
export const correctionEvent = async (
  tx: Tx,
  order: OrderRow,
  what: CorrectedBy,
  now: Instant,
): Promise<LossEvent> => {
  if ("reverses" in what) return counterOf(tx, order, what.reverses, now);
  const losses = await findLossEvents(tx, order.order_key);
  // After all that is known of the order, also within one moment, beside a clock that was set back, and where the shop's
  // own clock runs ahead: a person who enters something has seen what was told.
  const event = eventOf(
    order,
    what,
    instant(Math.max(now, ...losses.map(({ occurred_at }) => occurred_at + 1))),
  );
  if ("restored" in what) refuseMoreThanLost(order, losses, event.amountMinor);
  return event;
};

/** What comes back without having gone would take the next refund away. */
function refuseMoreThanLost(order: OrderRow, losses: readonly LossRow[], amountMinor: number): void {
  const lostMinor = orderLostGross(order, losses);
  if (amountMinor <= lostMinor) return;
  const { order_id, currency } = order;
  throw new Refusal(
    "request_invalid",
    lostMinor === 0
      ? `Nothing of the order ${order_id} has gone back, so nothing of it can come back.`
      : `Of the order ${order_id} ${decimalOf(lostMinor, currency)} ${currency} have gone back and stayed gone, so no more than that can come back.`,
  );
}

const newId = () => as.provider(`correction-${randomHex(12)}`);

/** Says of a correction that it never was: the same movement, cancelled. */
async function counterOf(tx: Tx, order: OrderRow, reverses: string, now: Instant): Promise<LossEvent> {
  const losses = await findLossEvents(tx, order.order_key);
  const taken = losses.find(({ object_id, note }) => object_id === reverses && note !== null);
  if (taken === undefined || !reverses.startsWith("correction-"))
    throw new Refusal(
      "correction_unknown",
      `The order ${order.order_id} has no correction ${JSON.stringify(reverses)}: order explain names those it has.`,
    );
  const kept = await findCorrections(tx, order.order_key);
  const named = kept.find(({ correction_id }) => correction_id === reverses)?.reverses ?? null;
  if (named !== null)
    throw new Refusal(
      "correction_settled",
      `The correction ${reverses} takes ${named} back: enter that anew instead.`,
    );
  const before = kept.find((one) => one.reverses === reverses);
  if (before !== undefined)
    throw new Refusal(
      "correction_reversed",
      `The correction ${reverses} is taken back by ${before.correction_id}.`,
    );
  const id = newId();
  const movement = as.provider(reverses);
  const counter = {
    eventId: id,
    objectId: id,
    // After what it takes back, also within one moment and beside a clock that was set back.
    occurredAt: instant(Math.max(now, taken.occurred_at + 1)),
    target: [movement, id, order.order_id],
    amountMinor: taken.amount_minor,
    currency: order.currency,
    movement,
    status: "cancelled",
  } as const;
  return taken.effect === "restored"
    ? { ...counter, effect: "restored" }
    : { ...counter, effect: "refund", cumulative: false };
}

function eventOf(order: OrderRow, what: Exclude<CorrectedBy, { reverses: string }>, now: Instant): LossEvent {
  const id = newId();
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
      { field: "amount" },
    );
  return amountMinor;
}
