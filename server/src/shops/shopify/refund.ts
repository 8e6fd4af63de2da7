import { z } from "zod";
import type { LostLine } from "../../events/order-line.ts";
import type { RefundEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type Currency, type ProviderId } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { anyText, currencyOf, currencyText, isoTime } from "../kit/members.ts";
import { shopifyId } from "./ids.ts";
import { moneySet } from "./lines.ts";

const transaction = z.object({
  kind: z.string(),
  status: z.string(),
  amount: z.string(),
  currency: currencyText,
  test: z.boolean().nullish(),
});

const refundLine = z.object({
  line_item_id: shopifyId,
  subtotal: anyText,
  subtotal_set: moneySet,
  total_tax: anyText,
  total_tax_set: moneySet,
});

const adjustment = z.object({
  kind: anyText,
  amount: anyText,
  amount_set: moneySet,
  tax_amount: anyText,
  tax_amount_set: moneySet,
});

/** Shipping that was paid back: since version 2024-10 in place of an adjustment, or beside it. */
const refundShipping = z.object({
  shipping_line_id: shopifyId.nullish().catch(undefined),
  shipping_line: z.object({ id: shopifyId }).nullish().catch(undefined),
  subtotal_amount_set: moneySet,
  tax_amount_set: moneySet,
});

/** Customs duties that were paid back. */
const refundDuty = z.object({ amount_set: moneySet });

/** A refund, as a webhook of its own and every order tells it. */
export const embeddedRefund = z.object({
  id: shopifyId,
  order_id: shopifyId.nullish().catch(undefined),
  created_at: isoTime.nullish().catch(undefined),
  processed_at: isoTime.nullish().catch(undefined),
  transactions: z.array(transaction).max(250).nullish(),
  refund_line_items: z.array(refundLine).nullish().catch(undefined),
  order_adjustments: z.array(adjustment).nullish().catch(undefined),
  refund_shipping_lines: z.array(refundShipping).nullish().catch(undefined),
  duties: z.array(refundDuty).nullish().catch(undefined),
});
type Refund = z.output<typeof embeddedRefund>;

/** What refunds paid back of an order, in its currency. */
export function paidBackIn(refunds: readonly Refund[], currency: Currency): number {
  const moved = refunds.flatMap(({ transactions }) => (transactions ?? []).filter(movesMoney));
  return (
    sumOf(
      moved.filter((one) => currencyOf(one.currency) === currency),
      currency,
    ) ?? 0
  );
}

/**
 * What refunds took off an order's lines, in its currency, as the lines read without their tax and as they read with it:
 * what an order comes to now is always less by one of the two.
 */
export function itemisedIn(refunds: readonly Refund[], currency: Currency): readonly [number, number] {
  const items = refunds.flatMap(({ refund_line_items }) => refund_line_items ?? []);
  const sum = (amounts: (number | undefined)[]) => amounts.reduce<number>((all, one) => all + (one ?? 0), 0);
  const subtotals = sum(items.map((one) => amountOf(one.subtotal_set, one.subtotal, currency)));
  const taxes = sum(items.map((one) => amountOf(one.total_tax_set, one.total_tax, currency)));
  return [subtotals + taxes, subtotals];
}

const movesMoney = ({ kind, status }: z.output<typeof transaction>): boolean =>
  kind === "refund" && /^(success|pending)$/.test(status);

/** What a refund's telling is about. */
interface Telling {
  eventId: string;
  order: ProviderId;
  at: Instant;
  /** When the order changed that tells it; a refund's own event tells how it began. */
  changedAt?: Instant;
}

/**
 * What a refund did: the sum of its transactions, those that are under way among them. One whose transactions have all
 * failed gave nothing back. Undefined for one that moves no money, as when an unpaid order is edited or goods are put back
 * on the shelf; `malformed` where the amounts make no sense.
 */
export function refundEventOf(
  refund: Refund,
  { eventId, order, at, changedAt }: Telling,
): RefundEvent | "malformed" | undefined {
  const paidBack = (refund.transactions ?? []).filter(({ kind }) => kind === "refund");
  const moved = paidBack.filter(movesMoney);
  const [first] = moved.length > 0 ? moved : paidBack;
  if (first === undefined) return undefined;
  const currency = currencyOf(first.currency);
  const status =
    moved.length === 0 ? "failed" : moved.some((one) => one.status === "pending") ? "pending" : "done";
  const amountMinor = sumOf(moved, currency);
  if (amountMinor === undefined) return "malformed";
  // Where shipping is told both ways, the lines say more than the adjustment. Of prices that contain their tax the lines
  // may do so too: what the money was tells which.
  const apart = [false, true]
    .flatMap((hasTax) => [withShipping(refund), refund].map((told) => partsOf(told, { currency, hasTax })))
    .find((parts) => parts?.grossMinor === amountMinor);
  const begun = refund.processed_at ?? refund.created_at ?? at;
  return {
    effect: "refund",
    eventId,
    // An order may tell a refund as it was before: that is no repetition of what it told then.
    objectId: `${refund.id}:${status}:${amountMinor}${changedAt === undefined ? "" : `@${changedAt}`}`,
    occurredAt: changedAt ?? (status === "failed" ? at : begun),
    target: [order],
    movement: as.provider(`refund-${refund.id}`),
    status,
    amountMinor,
    ...(apart === undefined ? {} : { netMinor: apart.netMinor, lines: apart.lines }),
    cumulative: false,
    createdAt: begun,
    currency,
  };
}

/** The refund with its shipping as lines, as the order has it, in place of the adjustments that say the same. */
function withShipping(refund: Refund): Refund {
  const shipping = (refund.refund_shipping_lines ?? []).map((one) => ({
    line_item_id: one.shipping_line_id ?? one.shipping_line?.id ?? "shipping-1",
    subtotal_set: one.subtotal_amount_set,
    total_tax: "0",
    total_tax_set: one.tax_amount_set,
  }));
  return {
    ...refund,
    refund_line_items: [...(refund.refund_line_items ?? []), ...shipping],
    order_adjustments: (refund.order_adjustments ?? []).filter(({ kind }) => kind !== "shipping_refund"),
  };
}

/**
 * Net and lines of a refund, where everything it is made of is told in the currency of its money; `hasTax` where its
 * amounts contain their tax.
 */
function partsOf(refund: Refund, { currency, hasTax }: { currency: Currency; hasTax: boolean }) {
  const lines: LostLine[] = [];
  let netMinor = 0;
  let grossMinor = 0;
  for (const one of refund.refund_line_items ?? []) {
    const told = amountOf(one.subtotal_set, one.subtotal, currency);
    const tax = amountOf(one.total_tax_set, one.total_tax, currency);
    if (told === undefined || tax === undefined) return undefined;
    const net = hasTax ? told - tax : told;
    lines.push({ line: one.line_item_id, netMinor: net, taxMinor: tax });
    netMinor += net;
    grossMinor += net + tax;
  }
  for (const one of refund.order_adjustments ?? []) {
    const told = amountOf(one.amount_set, one.amount, currency);
    const tax = amountOf(one.tax_amount_set, one.tax_amount ?? "0", currency);
    if (told === undefined || tax === undefined) return undefined;
    const net = hasTax ? told - tax : told;
    // Written below zero where it was paid back.
    netMinor -= net;
    grossMinor -= net + tax;
  }
  for (const one of refund.duties ?? []) grossMinor += amountOf(one.amount_set, "0", currency) ?? 0;
  return netMinor < 0 || netMinor > grossMinor ? undefined : { netMinor, grossMinor, lines };
}

function amountOf(set: z.output<typeof moneySet>, plain: string | null | undefined, currency: Currency) {
  const told = set?.presentment_money;
  if (told && currencyOf(told.currency_code) !== currency) return undefined;
  return minorOf(told?.amount ?? plain ?? "", currency, { rounded: true });
}

/** The sum of amounts in one currency, none of them below zero; undefined for anything else. */
function sumOf(
  amounts: readonly { amount: string; currency: string }[],
  currency: Currency,
): number | undefined {
  let sumMinor = 0;
  for (const one of amounts) {
    const amountMinor = minorOf(one.amount, currency, { rounded: true });
    if (amountMinor === undefined || amountMinor < 0 || currencyOf(one.currency) !== currency)
      return undefined;
    sumMinor += amountMinor;
  }
  return Number.isSafeInteger(sumMinor) ? sumMinor : undefined;
}
