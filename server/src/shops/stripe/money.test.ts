import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
} from "../../../../test/shops/stripe-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";
import { fromStripeAmount } from "./money.ts";

describe("an amount of Stripe's", () => {
  it.each([
    [1099, "usd", 1099],
    [500, "jpy", 500],
    [5120, "kwd", 5120],
    [1000, "huf", 1000],
    [50_000, "isk", 500],
    [50_000, "ugx", 500],
    [500, "mga", 50_000],
    [150, "isk", 2],
    [-150, "isk", -2],
    [149, "ISK", 1],
    [-4950, "ugx", -50],
    // Every digit of a large one, and one that is larger than any sale, which is refused as such.
    [900_719_925_474_050, "isk", 9_007_199_254_741],
    [9_007_199_254_740_991, "mga", 900_719_925_474_099_100],
  ])("of %d %s is %d minor units", (amount, currency, minor) => {
    expect(fromStripeAmount(amount, currency)).toBe(minor);
  });

  const name = as.shop("stripe");
  const shop = openShops(new Map([[name, { kind: "stripe", secrets: [stripeSecret] }]])).get(name);
  const sale = { netMinor: 100, taxMinor: 19, currency: "ISK" };

  it.each([
    ["a session", stripeCheckoutCompleted({ currency: "isk" }), sale],
    ["an invoice", stripeInvoicePaid({ currency: "isk" }), sale],
    ["a refund", stripeChargeRefunded({ currency: "isk", refundedMinor: 5950 }), { amountMinor: 60 }],
    ["a dispute", stripeDispute({ currency: "isk" }), { amountMinor: 119 }],
  ])("is converted in %s", (_, event, amounts) => {
    const reading = shop?.read(stripeDelivery(event), instant(deliveredAtSeconds * 1000));
    expect(reading).toMatchObject({ outcome: "events", events: [amounts] });
  });
});
