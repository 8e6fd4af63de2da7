import type { Instant } from "../words/clock.ts";
import type { ShopName } from "../words/ids.ts";
import type { ConcealedEvent } from "./conceal-event.ts";
import type { LossEvent } from "./purchase-event.ts";
import type { EventRow } from "./rows/schema.ts";

/** An event as it is kept. A sale's amounts and lines stand with its order: here are those of the other effects. */
export function eventRowOf(
  { shop, event, note }: { shop: ShopName; event: ConcealedEvent; note?: string | undefined },
  now: Instant,
): EventRow {
  const [linkId] = event.effect === "sale" ? [event.order] : event.target;
  if (linkId === undefined) throw new Error("an event names what it is about");
  const isLoss = event.effect !== "sale" && event.effect !== "link";
  return {
    shop,
    event_id: event.eventId,
    object_id: event.objectId,
    effect: event.effect,
    link_id: linkId,
    ...(isLoss ? moneyOf(event) : none),
    note: note ?? null,
    occurred_at: event.occurredAt,
    received_at: now,
  };
}

const none = {
  movement_id: null,
  status: null,
  amount_minor: 0,
  net_minor: null,
  cumulative: 0,
  currency: null,
  lines: null,
  created_at: null,
} as const;

type MoneyColumns = Pick<EventRow, keyof typeof none>;

function moneyOf(event: LossEvent): MoneyColumns {
  const money: MoneyColumns = {
    ...none,
    amount_minor: event.amountMinor,
    net_minor: event.netMinor ?? null,
    currency: event.currency,
    lines: event.lines === undefined || event.lines.length === 0 ? null : JSON.stringify(event.lines),
  };
  switch (event.effect) {
    case "refund":
      return {
        ...money,
        movement_id: event.movement ?? null,
        status: event.whole ? "whole" : (event.status ?? null),
        cumulative: event.cumulative ? 1 : 0,
        created_at: event.createdAt ?? null,
      };
    case "payment":
      return { ...money, movement_id: event.movement, status: event.status ?? null };
    case "dispute_opened":
    case "dispute_won":
    case "dispute_lost":
      return { ...money, movement_id: event.dispute };
    default:
      return money;
  }
}
