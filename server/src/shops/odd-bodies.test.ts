import { describe, expect, it } from "vitest";
import { chargebeeInvoiceEvent, chargebeePaymentRefunded } from "../../../test/shops/chargebee-fixtures.ts";
import { deliveredAtSeconds } from "../../../test/shops/deliveries.ts";
import { everyKind, everyShop } from "../../../test/shops/every-shop.ts";
import { fastspringBatch, fastspringReturnCreated } from "../../../test/shops/fastspring-fixtures.ts";
import { gumroadPing } from "../../../test/shops/gumroad-fixtures.ts";
import { lemonOrderRefunded, lemonSubscriptionPayment } from "../../../test/shops/lemon-squeezy-fixtures.ts";
import { ownPurchaseDisputed, ownPurchaseRefunded } from "../../../test/shops/own-shop-fixtures.ts";
import { paddleAdjustment } from "../../../test/shops/paddle-fixtures.ts";
import { polarOrderRefunded, polarRefundUpdated } from "../../../test/shops/polar-fixtures.ts";
import { shopifyDispute, shopifyRefundCreated } from "../../../test/shops/shopify-fixtures.ts";
import {
  stripeChargeRefunded,
  stripeDispute,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../../../test/shops/stripe-fixtures.ts";
import { stripeCreditNote, stripeRefund } from "../../../test/shops/stripe-refund-fixtures.ts";
import { wooOrderUpdated, wooSubscriptionCreated } from "../../../test/shops/woocommerce-fixtures.ts";
import type { ShopKind, ShopSettings } from "../config/shop-config.ts";
import { isBounded, type PurchaseEvent } from "../events/purchase-event.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { openShops } from "./open-shops.ts";

/** What each shop tells beside a sale. */
const others: Record<ShopKind, unknown[]> = {
  stripe: [
    stripeInvoicePaid({ currency: "mga" }),
    stripeInvoicePaid({ generation: "acacia" }),
    stripeInvoicePaymentPaid(),
    stripeChargeRefunded({ currency: "mga" }),
    stripeRefund(),
    stripeDispute(),
    stripeCreditNote(),
  ],
  paddle: [paddleAdjustment()],
  fastspring: [fastspringBatch(fastspringReturnCreated({ tax: 19 }))],
  "lemon-squeezy": [lemonOrderRefunded(), lemonSubscriptionPayment()],
  polar: [polarOrderRefunded({ currency: "mga" }), polarRefundUpdated()],
  shopify: [shopifyRefundCreated(), shopifyDispute()],
  woocommerce: [wooOrderUpdated({ refunds: [{ id: 1, total: "-59.50" }] }), wooSubscriptionCreated()],
  chargebee: [chargebeePaymentRefunded(), chargebeeInvoiceEvent("invoice_updated", { status: "voided" })],
  gumroad: [gumroadPing({ resource: "refund" }), gumroadPing({ resource: "dispute" })],
  "standard-webhooks": [ownPurchaseRefunded(), ownPurchaseDisputed()],
};

const gone = Symbol("left out");
const tooMuch = "9".repeat(60);
const odd: readonly unknown[] = [
  ...[gone, null, "", "brand_new", true, {}, [], [null], { id: null }],
  ...[-1, 0.5, 1e13 + 1, 9e15, 1e300, -9e15],
  ...["-1", "1e15", "1e99", "0.005", "NaN", "Infinity", "0x10", tooMuch, "\u0000", "1,000.00"],
];

type Path = readonly (string | number)[];

/** The paths to all members of a value, its own objects and lists among them. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]));
  return path.length === 0 ? inside : [path, ...inside];
}

/** A copy with another value at a path; the topics of fixtures, which are symbols, stay. */
function withOdd(value: unknown, [name, ...rest]: Path, put: unknown): unknown {
  if (name === undefined) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  if (rest.length === 0 && put === gone) delete copy[name];
  else copy[name] = withOdd(copy[name], rest, put);
  return copy;
}

/** What of an event's money cannot be; nothing where all of it can. */
function wrongIn(event: PurchaseEvent): string | undefined {
  if (!isBounded(event)) return "out of bounds";
  if (event.effect !== "sale" || !event.lines?.length) return undefined;
  const net = event.lines.reduce((sum, one) => sum + one.netMinor, 0);
  const tax = event.lines.reduce((sum, one) => sum + one.taxMinor, 0);
  return net === event.netMinor && tax === event.taxMinor ? undefined : "its lines do not sum to it";
}

describe("an event with a member that is odd, or is not there", () => {
  it.each(everyKind)("is taken with amounts that can be, or not at all (%s)", (kind) => {
    const voice = everyShop[kind];
    const name = as.shop(kind);
    const settings = { ...voice.settings, kind, secrets: [voice.secret] } as ShopSettings;
    const shop = openShops(new Map([[name, settings]])).get(name);
    const now = instant(deliveredAtSeconds * 1000);
    const faults: unknown[] = [];
    let taken = 0;
    let refused = 0;
    for (const payload of [voice.example, ...others[kind]])
      for (const path of pathsIn(payload))
        for (const put of odd) {
          const delivery = voice.deliver(withOdd(payload, path, put), { timestamp: deliveredAtSeconds });
          const reading = shop?.read(delivery, now);
          const readings = reading?.outcome === "batch" ? reading.readings : [reading];
          for (const one of readings) {
            if (one?.outcome === "refused") refused++;
            if (one?.outcome !== "events") continue;
            taken++;
            for (const event of one.events) {
              const wrong = wrongIn(event);
              if (wrong !== undefined) faults.push({ path: path.join("."), put, wrong });
            }
          }
        }
    expect(faults.slice(0, 5)).toEqual([]);
    expect(taken).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(20);
  });
});
