import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import {
  type StripeInvoice,
  stripeCheckoutCompleted,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../../../../test/shops/stripe-fixtures.ts";
import { textKey } from "../../secrets/webhook-signatures/signing-secret.ts";
import { instant } from "../../words/clock.ts";
import { openStripe } from "./stripe.ts";

const key = textKey(stripeSecret);
if ("problem" in key) throw new Error(key.problem);
const shop = openStripe([key.key]);

function onlyEvent(payload: unknown) {
  const reading = shop.read(stripeDelivery(payload), instant(deliveredAtSeconds * 1000));
  if (reading.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

const generations = ["acacia", "basil"] as const;

describe("a Stripe invoice", () => {
  it.each(generations)("is a renewal of its subscription in a cycle (%s)", (generation) => {
    const subscriptionMetadata = { license: "AAAA-BBBB", product: "acme-paint" };
    const event = onlyEvent(
      stripeInvoicePaid({ generation, id: "in_1", subscription: "sub_1", subscriptionMetadata }),
    );
    expect(event).toMatchObject({
      effect: "sale",
      objectId: "in_1",
      order: "in_1",
      cycle: "renewal",
      subscription: "sub_1",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      email: "customer@example.com",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      amounts: "paid",
      lines: [
        { line: "il_1", netMinor: 10000, taxMinor: 0, kind: "renewal" },
        { line: "rest", netMinor: 0, taxMinor: 1900, kind: "other" },
      ],
    });
  });

  it("names its charge and payment intent in the older API", () => {
    const event = stripeInvoicePaid({
      generation: "acacia",
      id: "in_1",
      charge: "ch_1",
      paymentIntent: "pi_1",
    });
    expect(onlyEvent(event)).toMatchObject({ providerIds: ["in_1", "pi_1", "ch_1"] });
  });

  it("names its payments in the newer API where they are expanded", () => {
    const payments = {
      object: "list",
      data: [{ payment: { type: "payment_intent", payment_intent: { id: "pi_1" } } }],
    };
    expect(onlyEvent(stripeInvoicePaid({ id: "in_1", more: { payments } }))).toMatchObject({
      providerIds: ["in_1", "pi_1"],
    });
  });

  it("is linked to its payment, and told how much it was, by an event of its own in the newer API", () => {
    expect(
      onlyEvent(stripeInvoicePaymentPaid({ id: "inpay_1", invoice: "in_1", paymentIntent: "pi_1" })),
    ).toEqual({
      effect: "payment",
      movement: "inpay_1",
      amountMinor: 11900,
      currency: "EUR",
      eventId: "evt_1SVC8JHOQNg4XnOM2WgGoBj8",
      objectId: "inpay_1",
      occurredAt: 1_763_561_590_000,
      target: ["in_1", "pi_1"],
    });
  });

  it.each(generations)(
    "shares an id with the session it came from, so that both are one sale (%s)",
    (generation) => {
      const invoice = onlyEvent(
        stripeInvoicePaid({ generation, id: "in_1", billingReason: "subscription_create" }),
      );
      const session = onlyEvent(
        stripeCheckoutCompleted({
          mode: "subscription",
          paymentIntent: null,
          invoice: "in_1",
          subscription: "sub_1",
        }),
      );
      expect(invoice).toMatchObject({
        effect: "sale",
        cycle: "new",
        providerIds: expect.arrayContaining(["in_1"]),
      });
      expect(session).toMatchObject({
        effect: "sale",
        cycle: "new",
        providerIds: expect.arrayContaining(["in_1"]),
      });
    },
  );

  it.each<[string, StripeInvoice]>([
    ["its own metadata names a licence", { metadata: { licence: "AAAA" } }],
    ["its own metadata names a product", { metadata: { product: "acme-paint" } }],
  ])("outside a subscription is a new sale if %s", (_, invoice) => {
    const event = stripeInvoicePaid({ billingReason: "manual", subscription: null, ...invoice });
    expect(onlyEvent(event)).toMatchObject({ effect: "sale", cycle: "new" });
  });

  it("prefers its own metadata to the subscription's", () => {
    const event = stripeInvoicePaid({
      metadata: { licence: "OWN" },
      subscriptionMetadata: { licence: "SHARED" },
    });
    expect(onlyEvent(event)).toMatchObject({ licence: "OWN" });
  });

  it("finds its subscription and licence in the lines", () => {
    const data = [{ subscription: "sub_9", metadata: { licence: "LINE" } }];
    const event = stripeInvoicePaid({ more: { parent: null, lines: { data } } });
    expect(onlyEvent(event)).toMatchObject({ subscription: "sub_9", licence: "LINE" });
  });

  it("finds its coupon, expanded or by the older single member", () => {
    const discount = { coupon: { id: "c_old" }, promotion_code: null };
    expect(onlyEvent(stripeInvoicePaid({ generation: "acacia", more: { discount } }))).toMatchObject({
      coupons: ["c_old"],
    });
    const discounts = ["di_1", { id: "di_2", source: { coupon: { id: "c_new" } }, promotion_code: null }];
    expect(onlyEvent(stripeInvoicePaid({ more: { discounts } }))).toMatchObject({ coupons: ["c_new"] });
  });

  it.each<[string, StripeInvoice, { netMinor: number; taxMinor: number }]>([
    ["paid in full", {}, { netMinor: 10000, taxMinor: 1900 }],
    ["paid by credit for a half", { amountDueMinor: 5950 }, { netMinor: 5000, taxMinor: 950 }],
    [
      "paid by credit, rounded half up",
      { totalMinor: 3, taxMinor: 1, amountDueMinor: 2 },
      { netMinor: 1, taxMinor: 1 },
    ],
    ["paid by credit alone", { amountDueMinor: 0 }, { netMinor: 0, taxMinor: 0 }],
    [
      "paid outside of Stripe",
      { amountDueMinor: 11900, amountPaidMinor: 0 },
      { netMinor: 10000, taxMinor: 1900 },
    ],
    ["overpaid", { amountDueMinor: 11900, amountPaidMinor: 23800 }, { netMinor: 20000, taxMinor: 3800 }],
    ["free", { totalMinor: 0, taxMinor: 0 }, { netMinor: 0, taxMinor: 0 }],
    [
      "too large to multiply exactly in floating point",
      {
        totalMinor: 9_007_199_254_740_991,
        taxMinor: 9_007_199_254_740_989,
        amountDueMinor: 9_007_199_254_740_990,
      },
      { netMinor: 2, taxMinor: 9_007_199_254_740_988 },
    ],
  ])("%s counts the money that came in for it", (_, invoice, amounts) => {
    for (const generation of generations) {
      expect(onlyEvent(stripeInvoicePaid({ generation, ...invoice }))).toMatchObject(amounts);
    }
  });

  it.each([
    ["total_taxes", { total_excluding_tax: null }],
    [
      "total_tax_amounts",
      { total_excluding_tax: null, total_taxes: null, total_tax_amounts: [{ amount: 1900 }] },
    ],
    ["no tax at all", { total_excluding_tax: null, total_taxes: null }],
  ])("takes its tax from %s where it says nothing better", (where, more) => {
    const taxMinor = where === "no tax at all" ? 0 : 1900;
    expect(onlyEvent(stripeInvoicePaid({ more }))).toMatchObject({ taxMinor, netMinor: 11900 - taxMinor });
  });
});
