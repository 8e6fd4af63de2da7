import { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { shareMinor } from "../../words/money.ts";
import { idText, isoTime, minorUnits } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import { askShopApi, ShopApiError } from "../kit/shop-api.ts";
import type { SingleReading } from "../shop.ts";

const saleSchema = z.object({
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
  /** What could still be refunded, and what was paid, in the currency the product is priced in: `22`, `$10 a month`. */
  amount_refundable_in_currency: z.string().nullish(),
  formatted_total_price: z.string().nullish(),
});
type Sale = z.output<typeof saleSchema>;

const answerSchema = z.object({ success: z.literal(true), sale: saleSchema });

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
  const confirmed = sale.value.id === saleId ? confirmedBy(sale.value, event, now) : undefined;
  return confirmed === undefined
    ? refused("event_malformed", "Gumroad's API does not say the same of the sale")
    : { ...reading, events: [confirmed] };
}

async function fetchSale(id: string, apiToken: string) {
  const url = new URL(`https://api.gumroad.com/v2/sales/${encodeURIComponent(id)}`);
  const { status, body } = await askShopApi(url, `Bearer ${apiToken}`);
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

function confirmedBy(sale: Sale, event: PurchaseEvent, now: Instant): PurchaseEvent | undefined {
  switch (event.effect) {
    case "sale": {
      const cycle = sale.recurring_charge ? "renewal" : "new";
      return { ...event, occurredAt: sale.created_at, netMinor: sale.price, cycle };
    }
    case "refund": {
      const amountMinor = refundedMinor(sale);
      if (amountMinor === undefined) return undefined;
      const objectId = `${sale.id}:${amountMinor}`;
      return { ...event, eventId: `refund:${objectId}`, objectId, amountMinor, occurredAt: now };
    }
    case "dispute_opened":
      return sale.disputed || sale.chargedback ? { ...event, amountMinor: sale.price } : undefined;
    case "dispute_won":
      return sale.dispute_won ? { ...event, amountMinor: sale.price } : undefined;
    default:
      return undefined;
  }
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
  return whole === undefined ? undefined : Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}
