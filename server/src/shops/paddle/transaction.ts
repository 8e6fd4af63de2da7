import { z } from "zod";
import { type LineKind, linesOf, type OrderLine } from "../../events/order-line.ts";
import type { SaleEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import {
  anyText,
  anything,
  couponClaims,
  currencyOf,
  currencyText,
  idsOf,
  idText,
  onlyProduct,
  present,
  signedMinorText,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import { termOf } from "../kit/term.ts";
import type { SingleReading } from "../shop.ts";
import type { PaddleEvent } from "./paddle.ts";

const catalogued = z
  .object({
    id: idText.nullish().catch(undefined),
    product_id: idText.nullish().catch(undefined),
    custom_data: anything,
    billing_cycle: z.object({ interval: anyText, frequency: z.int().nullish() }).nullish().catch(undefined),
  })
  .nullish()
  .catch(undefined);

const lineItem = z.object({
  id: idText.nullish().catch(undefined),
  price_id: idText.nullish().catch(undefined),
  quantity: z.int().min(0).nullish().catch(undefined),
  totals: z
    .object({ subtotal: signedMinorText, discount: signedMinorText.nullish(), tax: signedMinorText })
    .nullish()
    .catch(undefined),
  proration: anything,
  product: catalogued,
});

const transactionSchema = z.object({
  id: idText,
  origin: z.string(),
  currency_code: currencyText,
  subscription_id: idText.nullish(),
  discount_id: idText.nullish().catch(undefined),
  custom_data: anything,
  items: z
    .array(z.object({ price: catalogued }))
    .nullish()
    .catch(undefined),
  details: z.object({
    totals: z.object({ tax: signedMinorText, total: signedMinorText, grand_total: signedMinorText }),
    line_items: z.array(lineItem).nullish().catch(undefined),
  }),
});
type Transaction = z.output<typeof transactionSchema>;

/**
 * Reads a completed transaction: https://developer.paddle.com/webhooks/transactions/transaction-completed. Its
 * `origin` tells a first purchase from a cycle of a subscription. There is no e-mail address in it.
 *
 * `grand_total` is the total less what the customer's credit balance paid: that money was counted when it first came
 * in. Where the two differ, the tax is taken in proportion.
 */
export function readPaddleTransaction(event: PaddleEvent, data: unknown): SingleReading {
  const { eventId, type, occurredAt, live } = event;
  const reading = readPayload(transactionSchema, data);
  if (reading.outcome === "refused") return reading;
  const transaction = reading.value;
  const { tax, total, grand_total: grossMinor } = transaction.details.totals;
  const cycle = cycleOf(transaction.origin);
  // A new payment method, or a change of plan in the customer's favour: nothing was sold. What such a change gives back
  // is below zero and goes to the customer's balance, which pays a part of a later transaction.
  const isInFavour =
    total < 0 ? cycle === "renewal" : grossMinor === 0 && transaction.origin === "subscription_update";
  if (cycle === undefined || isInFavour) return { outcome: "ignored", eventId, type };
  if (grossMinor < 0 || tax < 0 || tax > total || grossMinor > total)
    return refused("event_malformed", "the totals do not add up");

  const taxMinor = total === 0 ? 0 : shareMinor(tax, grossMinor, total);
  const sale: SaleEvent = {
    effect: "sale",
    eventId,
    objectId: transaction.id,
    occurredAt,
    order: as.provider(transaction.id),
    providerIds: idsOf(transaction.id),
    cycle,
    netMinor: grossMinor - taxMinor,
    taxMinor,
    currency: currencyOf(transaction.currency_code),
    lines: linesOf(linesIn(transaction), { netMinor: grossMinor - taxMinor, taxMinor }),
    ...present(claimsOf(transaction)),
  };
  return { outcome: "events", events: [sale], live };
}

function cycleOf(origin: string): SaleEvent["cycle"] | undefined {
  switch (origin) {
    case "subscription_payment_method_change":
      return undefined;
    case "subscription_recurring":
    case "subscription_charge":
    case "subscription_update":
      return "renewal";
    default:
      return "new";
  }
}

const kinds: ReadonlyMap<string, LineKind> = new Map<string, LineKind>([
  ["subscription_recurring", "renewal"],
  ["subscription_charge", "addon"],
  ["subscription_update", "upgrade"],
]);

/** A line's subtotal is before its discount and without its tax. What is charged for a part of a term is a change of plan. */
function linesIn({ details, items, origin }: Transaction): OrderLine[] {
  return (details.line_items ?? []).flatMap((line, index) => {
    if (!line.totals) return [];
    const price = items?.find((one) => one.price?.id === line.price_id)?.price;
    const cycle = price?.billing_cycle;
    const period = termOf({ interval: cycle?.interval, interval_count: cycle?.frequency });
    const articles = [line.product?.id, price?.product_id, line.price_id];
    const { subtotal, discount, tax } = line.totals;
    return [
      {
        line: line.id ?? `line-${index + 1}`,
        articles: [...new Set(articles.filter((id) => typeof id === "string"))],
        quantity: line.quantity ?? 1,
        netMinor: subtotal - (discount ?? 0),
        taxMinor: tax,
        listMinor: subtotal,
        kind: line.proration ? "upgrade" : (kinds.get(origin) ?? "new"),
        ...(period === undefined ? {} : { period }),
      },
    ];
  });
}

/** The subscription takes the checkout's custom data over, so the transactions of its later cycles hold it as well. */
function claimsOf({ custom_data, subscription_id, discount_id, items, details }: Transaction) {
  const carried = carriedClaims(custom_data);
  const inCatalogue = [
    ...(items ?? []).map(({ price }) => price?.custom_data),
    ...(details.line_items ?? []).map(({ product }) => product?.custom_data),
  ];
  return {
    ...carried,
    product: carried.product ?? onlyProduct(inCatalogue.map((bag) => carriedClaims(bag).product)),
    subscription: subscription_id ? as.provider(subscription_id) : undefined,
    coupons: couponClaims([discount_id]),
  };
}
