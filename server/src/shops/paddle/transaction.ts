import { z } from "zod";
import type { SaleEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import {
  anything,
  couponClaims,
  currencyOf,
  currencyText,
  idsOf,
  idText,
  minorText,
  onlyProduct,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { PaddleEvent } from "./paddle.ts";

const customised = z.object({ custom_data: anything }).nullish().catch(undefined);

const transactionSchema = z.object({
  id: idText,
  origin: z.string(),
  currency_code: currencyText,
  subscription_id: idText.nullish(),
  discount_id: idText.nullish().catch(undefined),
  custom_data: anything,
  items: z
    .array(z.object({ price: customised }))
    .nullish()
    .catch(undefined),
  details: z.object({
    totals: z.object({ tax: minorText, total: minorText, grand_total: minorText }),
    line_items: z
      .array(z.object({ product: customised }))
      .nullish()
      .catch(undefined),
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
  // A new payment method, or a change of plan in the customer's favour: nothing was sold.
  if (cycle === undefined || (transaction.origin === "subscription_update" && grossMinor === 0))
    return { outcome: "ignored", eventId, type };
  if (tax > total || grossMinor > total) return refused("event_malformed", "the totals do not add up");

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
