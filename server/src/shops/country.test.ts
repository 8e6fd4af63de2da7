import { describe, expect, it } from "vitest";
import { chargebeePaymentSucceeded } from "../../../test/shops/chargebee-fixtures.ts";
import { deliveredAtSeconds } from "../../../test/shops/deliveries.ts";
import { everyShop } from "../../../test/shops/every-shop.ts";
import { fastspringBatch, fastspringOrderCompleted } from "../../../test/shops/fastspring-fixtures.ts";
import { gumroadPing } from "../../../test/shops/gumroad-fixtures.ts";
import { ownPurchaseCompleted } from "../../../test/shops/own-shop-fixtures.ts";
import { polarOrderPaid } from "../../../test/shops/polar-fixtures.ts";
import { shopifyOrderPaid } from "../../../test/shops/shopify-fixtures.ts";
import { stripeInvoicePaid } from "../../../test/shops/stripe-invoice-fixtures.ts";
import type { ShopKind, ShopSettings } from "../config/shop-config.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { countryByName, countryClaim } from "./kit/country.ts";
import { openShops } from "./open-shops.ts";

const now = instant(deliveredAtSeconds * 1000);

function countryOf(kind: ShopKind, payload: unknown = everyShop[kind].example): string | undefined {
  const { secret, settings, deliver } = everyShop[kind];
  const name = as.shop("its");
  const shops = openShops(new Map([[name, { kind, secrets: [secret], ...settings } as ShopSettings]]));
  const read = shops.get(name)?.read(deliver(payload), now);
  const reading = read?.outcome === "batch" ? read.readings[0] : read;
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  const sale = reading.events.find(({ effect }) => effect === "sale");
  return sale?.effect === "sale" ? sale.country : "no sale";
}

const own = ownPurchaseCompleted();
const ofOwn = (country: unknown) => ({
  ...own,
  data: { ...(own.data as object), customer: { email: "a@buyer.example", country } },
});

describe("the buyer's country", () => {
  it.each<[string, ShopKind, string | undefined, unknown?]>([
    ["a Stripe session", "stripe", "DE"],
    ["a Stripe invoice", "stripe", "AT", stripeInvoicePaid()],
    ["a FastSpring order", "fastspring", "AT"],
    [
      "a FastSpring order that tells the account's alone",
      "fastspring",
      "CH",
      fastspringBatch(
        fastspringOrderCompleted({ more: { address: null, account: { id: "a", country: "CH" } } }),
      ),
    ],
    ["a Polar order", "polar", "DE"],
    ["a Polar order without an address", "polar", undefined, withoutAddress()],
    ["a Shopify order", "shopify", "AT"],
    [
      "a Shopify order without one",
      "shopify",
      undefined,
      shopifyOrderPaid({ more: { billing_address: null } }),
    ],
    ["a WooCommerce order", "woocommerce", "DE"],
    ["a Chargebee invoice", "chargebee", "AT"],
    [
      "a Chargebee invoice of a country that there is not",
      "chargebee",
      undefined,
      chargebeePaymentSucceeded({ invoiceFields: { billing_address: { country: "Österreich" } } }),
    ],
    ["a Gumroad ping", "gumroad", "DE"],
    ["a Gumroad ping from nowhere", "gumroad", undefined, gumroadPing({ more: { ip_country: "Atlantis" } })],
    ["an own shop's order", "standard-webhooks", "AT", ofOwn("at")],
    ["an own shop's order with a name in its place", "standard-webhooks", undefined, ofOwn("Austria")],
    ["a Paddle transaction", "paddle", undefined],
    ["a Lemon Squeezy order", "lemon-squeezy", undefined],
  ])("is read from %s", (_, kind, country, payload) => {
    expect(countryOf(kind, payload)).toBe(country);
  });

  it("is a code, or for shops that tell names the code of one in use", () => {
    expect(["at", " DE ", "XX", "ZZ", "AUT", "", undefined].map(countryClaim)).toEqual([
      "AT",
      "DE",
      ...Array(5).fill(undefined),
    ]);
    expect(["Austria", "United States", "united kingdom", "FR", "Nowhere"].map(countryByName)).toEqual([
      "AT",
      "US",
      "GB",
      "FR",
      undefined,
    ]);
  });
});

function withoutAddress() {
  const event = polarOrderPaid() as { data: object };
  return { ...event, data: { ...event.data, billing_address: null } };
}
