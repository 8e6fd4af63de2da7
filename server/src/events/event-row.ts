import type { Instant } from "../words/clock.ts";
import { couponText } from "../words/coupon-code.ts";
import { type OrderCycle, orderCycleOf } from "../words/cycle.ts";
import type { ProductId, ProviderId, ShopName } from "../words/ids.ts";
import type { ConcealedEvent, ConcealedSale } from "./conceal-event.ts";
import type { LossEvent, RefundEvent } from "./purchase-event.ts";
import type { EventRow, ToldRefund } from "./rows/schema.ts";

/** How well a sale knows its amounts: of several events of one sale the highest tells them. */
export const amountsRanks = { part: 0, total: 1, paid: 2 } as const;

/** What a sale was told with, beside the columns of its event. Nothing that names its buyer, so that nothing has to be erased. */
export interface ToldFacts {
  cycle: OrderCycle;
  product?: ProductId | null | undefined;
  subscription?: ProviderId | null | undefined;
  reference?: string | null | undefined;
  /** The codes that were used, one a line. */
  coupon?: string | null | undefined;
  /** The buyer's country, ISO 3166-1 alpha-2. */
  country?: string | null | undefined;
}

/** An event as it is kept. What a sale was told with stays with it, so that its order can be checked against it. */
export function eventRowOf(
  { shop, event, note }: { shop: ShopName; event: ConcealedEvent; note?: string | undefined },
  now: Instant,
): EventRow {
  const [linkId] = event.effect === "sale" ? [event.order] : event.target;
  if (linkId === undefined) throw new Error("an event names what it is about");
  return {
    shop,
    event_id: event.eventId,
    object_id: event.objectId,
    effect: event.effect,
    link_id: linkId,
    ...toldOf(event),
    note: note ?? null,
    occurred_at: event.occurredAt,
    received_at: now,
    seal: null,
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
  amounts_rank: null,
  told: null,
  created_at: null,
} as const;

type MoneyColumns = Pick<EventRow, keyof typeof none>;

function toldOf(event: ConcealedEvent): MoneyColumns {
  if (event.effect === "sale") return saleOf(event);
  return event.effect === "link" ? none : moneyOf(event);
}

function saleOf(event: ConcealedSale): MoneyColumns {
  const { product, subscription, reference, coupons, country } = event;
  const facts: ToldFacts = {
    cycle: orderCycleOf(event.cycle),
    product,
    subscription,
    reference,
    coupon: couponText(coupons ?? []) ?? undefined,
    country,
  };
  return {
    ...none,
    amount_minor: event.netMinor + event.taxMinor,
    net_minor: event.netMinor,
    currency: event.currency,
    lines: linesText(event.lines),
    amounts_rank: amountsRanks[event.amounts ?? "total"],
    told: JSON.stringify(facts),
    created_at: event.changedAt ?? null,
  };
}

const linesText = (lines: readonly object[] | undefined): string | null =>
  lines === undefined || lines.length === 0 ? null : JSON.stringify(lines);

const namesText = (payment: RefundEvent["payment"] = []): string | null =>
  payment.length < 2 ? null : JSON.stringify({ payment } satisfies ToldRefund);

function moneyOf(event: LossEvent): MoneyColumns {
  const money: MoneyColumns = {
    ...none,
    amount_minor: event.amountMinor,
    net_minor: event.netMinor ?? null,
    currency: event.currency,
    lines: linesText(event.lines),
  };
  switch (event.effect) {
    case "refund":
      return {
        ...money,
        movement_id: event.movement ?? null,
        status: event.whole ? "whole" : (event.status ?? null),
        cumulative: event.cumulative ? 1 : 0,
        created_at: event.createdAt ?? null,
        told: namesText(event.payment),
      };
    case "payment":
    case "restored":
      return { ...money, movement_id: event.movement ?? null, status: event.status ?? null };
    case "dispute_opened":
    case "dispute_won":
    case "dispute_lost":
      return { ...money, movement_id: event.dispute };
    default:
      return money;
  }
}
