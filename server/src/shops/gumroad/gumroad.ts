import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { linesOf, type OrderLine } from "../../events/order-line.ts";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { articlesOf } from "../kit/articles.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import { countryByName } from "../kit/country.ts";
import { claim, couponClaims, currencyOf, idsOf, idText, isoTime, present } from "../kit/members.ts";
import { verifyPathKey } from "../kit/path-key.ts";
import { fieldsIn, readForm } from "../kit/read-form.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";
import { confirmGumroadEvent } from "./sale.ts";

/** In US cents, whatever the product is priced in. */
const cents = z
  .string()
  .regex(/^[0-9]{1,12}$/)
  .transform(Number);

const pingSchema = z.object({
  sale_id: idText,
  resource_name: z.string().min(1).max(100).default("sale"),
  price: cents,
  /** What was paid for a gift, whose ping is about the copy of whoever got it. */
  gift_price: cents.optional().catch(undefined),
  is_gift_receiver_purchase: z.string().optional(),
  gifter_email: z.string().optional(),
  ip_country: z.string().optional(),
  is_preorder_authorization: z.string().optional(),
  sale_timestamp: isoTime.optional().catch(undefined),
  email: z.string().optional(),
  product_id: z.string().optional(),
  permalink: z.string().optional(),
  short_product_id: z.string().optional(),
  sku_id: z.string().optional(),
  original_sku_id: z.string().optional(),
  quantity: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  recurrence: z.string().optional(),
  offer_code: z.string().optional(),
  license_key: z.string().optional(),
  subscription_id: idText.optional().catch(undefined),
  is_recurring_charge: z.string().optional(),
  test: z.string().optional(),
});
type Ping = z.output<typeof pingSchema>;

const readers: ReadonlyMap<
  string,
  (ping: Ping, form: ReadonlyMap<string, string>, now: Instant) => PurchaseEvent
> = new Map([
  ["sale", saleOf],
  ["refund", refundOf],
  ["dispute", disputeOf],
  ["dispute_won", disputeOf],
]);

/** The resources that the receiver has a use for: what to subscribe to at Gumroad. */
export const gumroadEventTypes: readonly string[] = [...readers.keys()];

/**
 * A shop on Gumroad, which signs nothing: its pings come to an address with a secret key in it. What a ping says is a
 * claim, and counts as far as Gumroad's API says the same of the sale.
 *
 * Pings: https://app.gumroad.com/ping, API: https://app.gumroad.com/api. `docs/shops/gumroad.md` tells how each is read,
 * and why.
 */
export function openGumroad(keys: readonly KeyObject[], { apiToken }: { apiToken: string }): Shop {
  return {
    kind: "gumroad",
    read({ body, key }, now) {
      const verdict = verifyPathKey(key, keys);
      if (verdict !== "valid") return refused(verdict);
      const form = readForm(body);
      if (form.outcome === "refused") return form;
      const type = form.value.get("resource_name") ?? "sale";
      const reader = readers.get(type);
      if (reader === undefined && /^[a-z_]{1,60}$/.test(type)) return { outcome: "ignored", type };
      const ping = readPayload(pingSchema, Object.fromEntries(form.value));
      if (ping.outcome === "refused") return ping;
      if (reader === undefined) return refused("event_malformed", "resource_name: unknown");
      // A card that was authorised has paid nothing yet: what is charged later is a sale of its own.
      if (ping.value.is_preorder_authorization === "true")
        return { outcome: "ignored", type: "preorder_authorization", eventId: `sale:${ping.value.sale_id}` };
      const event = reader(ping.value, form.value, now);
      return { outcome: "events", events: [event], live: ping.value.test !== "true" };
    },
    confirm: async (reading, now) =>
      reading.outcome === "events" && reading.live ? confirmGumroadEvent(reading, apiToken, now) : reading,
  };
}

function saleOf(ping: Ping, form: ReadonlyMap<string, string>, now: Instant): PurchaseEvent {
  const isGift = ping.is_gift_receiver_purchase === "true";
  const netMinor = isGift ? (ping.gift_price ?? ping.price) : ping.price;
  const cycle = ping.is_recurring_charge === "true" ? "renewal" : "new";
  return {
    effect: "sale",
    eventId: `sale:${ping.sale_id}`,
    objectId: ping.sale_id,
    occurredAt: ping.sale_timestamp ?? now,
    order: as.provider(ping.sale_id),
    providerIds: idsOf(ping.sale_id),
    cycle,
    netMinor,
    taxMinor: 0,
    currency: currencyOf("usd"),
    lines: linesOf([lineOf(ping, form, { netMinor, kind: cycle })], { netMinor, taxMinor: 0 }),
    ...present({
      ...carriedClaims(fieldsIn(form, "url_params"), { licence: ping.license_key }),
      subscription: ping.subscription_id === undefined ? undefined : as.provider(ping.subscription_id),
      email: claim(isGift ? (ping.gifter_email ?? ping.email) : ping.email),
      country: countryByName(ping.ip_country),
      coupons: couponClaims([ping.offer_code]),
    }),
  };
}

const periods: ReadonlyMap<string | undefined, string> = new Map([
  ["monthly", "P1M"],
  ["quarterly", "P3M"],
  ["biannually", "P6M"],
  ["yearly", "P1Y"],
  ["every_two_years", "P2Y"],
]);

/** A sale at Gumroad is of one product: several in a cart are several sales. */
function lineOf(
  ping: Ping,
  form: ReadonlyMap<string, string>,
  { netMinor, kind }: Pick<OrderLine, "netMinor" | "kind">,
): OrderLine {
  const { product_id, permalink, short_product_id, sku_id, original_sku_id, quantity, recurrence } = ping;
  const variants = Object.values(fieldsIn(form, "variants"));
  return {
    line: "1",
    articles: articlesOf(product_id, permalink, short_product_id, sku_id, original_sku_id, ...variants),
    quantity,
    netMinor,
    taxMinor: 0,
    kind,
    ...present({ period: periods.get(recurrence) }),
  };
}

/** How much went back the ping does not say: the API does. Until then it is all of it. */
function refundOf(ping: Ping, _: ReadonlyMap<string, string>, now: Instant): PurchaseEvent {
  return {
    ...lossOf(ping, now),
    effect: "refund",
    eventId: `refund:${ping.sale_id}:${ping.price}`,
    objectId: `${ping.sale_id}:${ping.price}`,
    cumulative: true,
    whole: true,
  };
}

function disputeOf(ping: Ping, _: ReadonlyMap<string, string>, now: Instant): PurchaseEvent {
  const effect = ping.resource_name === "dispute_won" ? "dispute_won" : "dispute_opened";
  return {
    ...lossOf(ping, now),
    effect,
    eventId: `${ping.resource_name}:${ping.sale_id}@${now}`,
    // The time is in it, as a sale may be disputed again after a dispute was won.
    objectId: `${ping.sale_id}@${now}`,
    dispute: as.provider(ping.sale_id),
  };
}

const lossOf = ({ sale_id, price }: Ping, now: Instant) => ({
  occurredAt: now,
  target: idsOf(sale_id),
  amountMinor: price,
  currency: currencyOf("usd"),
});
