import { z } from "zod";
import { linesOf } from "../../events/order-line.ts";
import type { DisputeEvent, PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { type Cycle, orderCycleOf } from "../../words/cycle.ts";
import { noCurrency } from "../../words/ids.ts";
import { minorOf, shareMinor } from "../../words/money.ts";
import { idText, isoTime, minorUnits } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import { askShopApi, ShopApiError } from "../kit/shop-api.ts";
import type { SingleReading } from "../shop.ts";

/** A sale as the API tells it. */
export const gumroadSaleSchema = z.object({
  id: idText,
  created_at: isoTime,
  /** In US cents, without tax. */
  price: minorUnits,
  refunded: z.boolean().nullish(),
  partially_refunded: z.boolean().nullish(),
  chargedback: z.boolean().nullish(),
  disputed: z.boolean().nullish(),
  dispute_won: z.boolean().nullish(),
  recurring_charge: z.boolean().nullish(),
  is_upgrade_purchase: z.boolean().nullish(),
  is_gift_receiver_purchase: z.boolean().nullish(),
  is_preorder_authorization: z.boolean().nullish(),
  /** When the trial of the subscription ends or ended, for people: told of each of its sales. */
  free_trial_ends_on: z.string().nullish(),
  /** What could still be refunded, and what was paid, in the currency the product is priced in: `22`, `$10 a month`. */
  amount_refundable_in_currency: z.string().nullish(),
  formatted_total_price: z.string().nullish(),
});
/** A sale as the API tells it. */
export type GumroadSale = z.output<typeof gumroadSaleSchema>;
type Sale = GumroadSale;

const answerSchema = z.object({ success: z.literal(true), sale: gumroadSaleSchema });

/** Nobody is kept waiting for it: a ping is durable before the API is asked. */
const timeoutMs = 30_000;

type Events = Extract<SingleReading, { outcome: "events" }>;

/**
 * What of a ping's event counts: the facts are the API's, the claims that travelled with the customer the ping's.
 *
 * @throws ShopApiError when Gumroad's API gives no answer, or refuses the access token
 */
export async function confirmGumroadEvent(
  reading: Events,
  apiToken: string,
  now: Instant,
): Promise<SingleReading> {
  const [event] = reading.events;
  if (event === undefined) return reading;
  const [saleId = ""] = event.effect === "sale" ? [event.order] : event.target;
  const sale = await fetchSale(saleId, apiToken);
  if (sale.outcome === "refused") return sale;
  if (event.effect === "sale" && sale.value.is_preorder_authorization)
    return { outcome: "ignored", type: "preorder_authorization", eventId: event.eventId };
  const confirmed = sale.value.id === saleId ? confirmedBy(sale.value, event, now) : undefined;
  return confirmed === undefined
    ? refused("event_malformed", "Gumroad's API does not say the same of the sale")
    : { ...reading, events: [confirmed] };
}

async function fetchSale(id: string, apiToken: string) {
  const url = new URL(`https://api.gumroad.com/v2/sales/${encodeURIComponent(id)}`);
  const { status, body } = await askShopApi(url, `Bearer ${apiToken}`, { timeoutMs });
  if (status === 404) return refused("event_malformed", "Gumroad's API knows no such sale");
  if (status !== 200) throw new ShopApiError(`${url.host} answered ${status}`);
  const json = readJson(body);
  return json.outcome === "refused" ? json : readAnswer(json.value);
}

/** Gumroad answers 200 with `success: false` for a sale that is not there, or is somebody else's. */
function readAnswer(value: unknown) {
  const reading = readPayload(answerSchema, value);
  return reading.outcome === "refused" ? reading : { outcome: "value" as const, value: reading.value.sale };
}

/** The event that counts of what is claimed of a sale; none where the API does not say the same. */
export function confirmedBy(sale: Sale, event: PurchaseEvent, now: Instant): PurchaseEvent | undefined {
  switch (event.effect) {
    case "sale":
      return isTrial(sale) ? trialOf(sale, event) : saleConfirmed(sale, event);
    case "refund":
      return refundConfirmed(sale, event, now);
    case "dispute_opened":
    case "dispute_won":
      return disputeConfirmed(sale, event, now);
    default:
      return undefined;
  }
}

/** Of a subscription that began with a trial the first sale is never charged: the first payment is a sale of its own. */
const isTrial = ({ free_trial_ends_on, recurring_charge }: Sale): boolean =>
  Boolean(free_trial_ends_on) && recurring_charge !== true;

/** A sale of no money, in the code for no currency, so that the first payment finds who led the customer there. */
function trialOf(sale: Sale, { lines: _, ...event }: SaleEvent): SaleEvent {
  const nothing = { netMinor: 0, taxMinor: 0, currency: noCurrency, amounts: "part" as const };
  return { ...event, ...nothing, occurredAt: sale.created_at, cycle: "new" };
}

/** Of a gift the API tells the copy of whoever got it, which cost nothing: what was paid is the ping's word. */
function saleConfirmed(sale: Sale, event: SaleEvent): SaleEvent {
  const netMinor = sale.is_gift_receiver_purchase ? event.netMinor : sale.price;
  const sold = soldAs(sale);
  const lines = (event.lines ?? []).map((line) => ({ ...line, netMinor, kind: sold }));
  return {
    ...event,
    occurredAt: sale.created_at,
    netMinor,
    cycle: orderCycleOf(sold),
    lines: linesOf(lines.slice(0, 1), { netMinor, taxMinor: 0 }),
  };
}

function soldAs(sale: Sale): Cycle {
  if (sale.is_upgrade_purchase) return "upgrade";
  return sale.recurring_charge ? "renewal" : "new";
}

function refundConfirmed(sale: Sale, event: RefundEvent, now: Instant): RefundEvent | undefined {
  const amountMinor = refundedMinor(sale);
  if (amountMinor === undefined) return undefined;
  const whole = sale.refunded === true;
  // The time is in it, as a total may become what it was before.
  const objectId = `${sale.id}:${whole ? "whole" : amountMinor}@${now}`;
  const { eventId: _, ...told } = event;
  return {
    ...told,
    eventId: `refund:${objectId}`,
    objectId,
    amountMinor,
    whole,
    occurredAt: now,
    untimed: true,
  };
}

/** What the API says now counts, whichever ping asked: one that comes late must not open again what was won. */
function disputeConfirmed(sale: Sale, event: DisputeEvent, now: Instant): DisputeEvent | undefined {
  const effect = sale.dispute_won ? "dispute_won" : "dispute_opened";
  const isDisputed = sale.disputed || sale.chargedback || sale.dispute_won;
  if (!isDisputed || (event.effect === "dispute_won" && !sale.dispute_won)) return undefined;
  const resource = effect === "dispute_won" ? "dispute_won" : "dispute";
  const eventId = `${resource}:${event.objectId}`;
  return { ...event, effect, eventId, occurredAt: now, amountMinor: sale.price };
}

/**
 * All that was refunded so far, in US cents. Gumroad tells what is left in the product's currency, so the part that went
 * back is taken of the price in US cents.
 */
function refundedMinor(sale: Sale): number | undefined {
  if (sale.refunded) return sale.price;
  if (!sale.partially_refunded) return undefined;
  const left = amountIn(sale.amount_refundable_in_currency);
  const paid = amountIn(sale.formatted_total_price);
  if (left === undefined || paid === undefined || paid === 0 || left > paid) return undefined;
  return shareMinor(sale.price, paid - left, paid);
}

/** The first amount in a text for people, in hundredths. */
function amountIn(text: string | null | undefined): number | undefined {
  const [, whole, fraction = ""] = /(\d{1,10})(?:\.(\d{1,2}))?/.exec(text?.replaceAll(",", "") ?? "") ?? [];
  return whole === undefined ? undefined : minorOf(`${BigInt(whole)}.${fraction.padEnd(2, "0")}`, "USD");
}
