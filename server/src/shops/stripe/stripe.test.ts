import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import {
  stripeCheckoutCompleted,
  stripeDispute,
  stripeEvent,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../../../../test/shops/stripe-fixtures.ts";
import { stripeCreditNote, stripeRefund } from "../../../../test/shops/stripe-refund-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";
import type { WebhookReading } from "../shop.ts";

const now = instant(deliveredAtSeconds * 1000);
const name = as.shop("stripe");
const shop = openShops(new Map([[name, { kind: "stripe", secrets: [stripeSecret] }]])).get(name);

function read(payload: unknown): WebhookReading {
  if (shop === undefined) throw new Error("the shop was not opened");
  return shop.read(stripeDelivery(payload), now);
}

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("a Stripe shop", () => {
  it("reads a paid session as a new sale with the ids a refund may name", () => {
    const event = stripeCheckoutCompleted({
      id: "cs_1",
      paymentIntent: "pi_1",
      reference: "r_abc-DEF",
      email: "Buyer@Example.com",
      metadata: { licence: " AAAA-BBBB ", product: "acme-paint" },
    });
    expect(onlyEvent(event)).toEqual({
      effect: "sale",
      eventId: "evt_1SVC8JHOQNg4XnOM2WgGoBj8",
      objectId: "cs_1",
      occurredAt: 1_763_561_590_000,
      order: "cs_1",
      providerIds: ["cs_1", "pi_1"],
      cycle: "new",
      product: "acme-paint",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      email: "Buyer@Example.com",
      country: "DE",
      licence: "AAAA-BBBB",
      reference: "r_abc-DEF",
    });
  });

  it("leaves out what the session does not tell", () => {
    const bare = { paymentIntent: null, email: null, metadata: null, totalMinor: 0 };
    const event = onlyEvent(stripeCheckoutCompleted({ ...bare, paymentStatus: "no_payment_required" }));
    expect(event).toMatchObject({ netMinor: 0, taxMinor: 0, cycle: "new" });
    for (const absent of ["email", "licence", "product", "reference", "coupons", "subscription"]) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  it.each([
    ["an unpaid session", stripeCheckoutCompleted({ paymentStatus: "unpaid" })],
    [
      "a session that only sets up a payment method",
      stripeCheckoutCompleted({ mode: "setup", totalMinor: null }),
    ],
    ["a type it does not know", stripeEvent("customer.created", { id: "cus_1", object: "customer" })],
    ["a manual invoice for anything", stripeInvoicePaid({ billingReason: "manual", subscription: null })],
    [
      "a change of plan that cost nothing",
      stripeInvoicePaid({ billingReason: "subscription_update", totalMinor: -500 }),
    ],
    ["a refund whose state is not known", stripeRefund({ status: "new" })],
    ["a credit note that only refunds", stripeCreditNote({ outsideMinor: 0 })],
    [
      "an event of the second API",
      { id: "evt_1", object: "v2.core.event", type: "v1.billing.meter.no_meter" },
    ],
    ["an inquiry", stripeDispute({ status: "warning_needs_response" })],
    ["a dispute that is only under review", stripeDispute({ type: "charge.dispute.updated" })],
    ["an invoice payment without a payment", stripeInvoicePaymentPaid({ payment: { type: "other" } })],
  ])("ignores %s", (_, event) => {
    expect(read(event)).toEqual({ outcome: "ignored", eventId: event.id, type: event.type });
  });

  it("reads a session that is paid later", () => {
    const type = "checkout.session.async_payment_succeeded";
    expect(onlyEvent(stripeCheckoutCompleted({ type, id: "cs_1" }))).toMatchObject({
      effect: "sale",
      objectId: "cs_1",
    });
  });

  it("takes the id out of expanded objects, each id once", () => {
    const expanded = {
      paymentIntent: { id: "pi_1" },
      invoice: { id: "in_1" },
      subscription: { id: "sub_1" },
    };
    const event = onlyEvent(stripeCheckoutCompleted({ id: "cs_1", mode: "subscription", ...expanded }));
    expect(event).toMatchObject({ providerIds: ["cs_1", "pi_1", "in_1"], subscription: "sub_1" });
  });

  it.each([
    ["a reference that is not of our alphabet", { reference: "not ours!" }, "reference"],
    ["a reference that is too long", { reference: "r".repeat(201) }, "reference"],
    ["a product that is no id", { metadata: { product: "Acme Paint" } }, "product"],
    ["metadata that is no object", { more: { metadata: [] } }, "licence"],
    ["a licence with a NUL in it", { metadata: { licence: "A\u0000B" } }, "licence"],
    ["a licence that is a number", { more: { metadata: { licence: 7 } } }, "licence"],
    ["an e-mail address that is a number", { more: { customer_details: { email: 7 } } }, "email"],
    ["discounts that are a text", { more: { discounts: "SUMMER" } }, "coupons"],
  ])("takes the sale without %s", (_, session, member) => {
    const event = onlyEvent(stripeCheckoutCompleted(session));
    expect(event).toMatchObject({ effect: "sale", netMinor: 10000 });
    expect(event).not.toHaveProperty(member);
  });

  it.each([
    [
      "all that the promotion code goes by",
      [{ promotion_code: { id: "promo_1", code: "SUMMER" }, coupon: "c_1" }],
      ["SUMMER", "promo_1", "c_1"],
    ],
    ["the promotion code's id", [{ promotion_code: "promo_1", coupon: null }], ["promo_1"]],
    ["several", [{ promotion_code: "promo_1" }, { promotion_code: "promo_2" }], ["promo_1", "promo_2"]],
    ["the coupon", [{ promotion_code: null, coupon: { id: "c_1" } }], ["c_1"]],
  ])("names the buyer's coupon by %s", (_, discounts, coupons) => {
    expect(onlyEvent(stripeCheckoutCompleted({ discounts }))).toMatchObject({ coupons });
  });

  it("finds the coupon in the breakdown of an expanded session", () => {
    const discounts = [{ amount: 100, discount: { source: { coupon: "c_9" }, promotion_code: null } }];
    const total_details = { amount_tax: 1900, breakdown: { discounts, taxes: [] } };
    expect(onlyEvent(stripeCheckoutCompleted({ more: { total_details } }))).toMatchObject({
      coupons: ["c_9"],
    });
  });

  it.each([
    ["no object", { ...stripeEvent("charge.refunded", {}), data: {} }],
    ["no type", { ...stripeCheckoutCompleted(), type: undefined }],
    ["another kind of object", { ...stripeCheckoutCompleted(), object: "charge" }],
    ["a list around it", [stripeCheckoutCompleted()]],
    ["an amount with a fraction", stripeCheckoutCompleted({ totalMinor: 119.5 })],
    ["a negative amount", stripeCheckoutCompleted({ totalMinor: -1 })],
    ["an amount beyond what is exact", stripeCheckoutCompleted({ totalMinor: 2 ** 53 })],
    ["an amount as text", stripeCheckoutCompleted({ more: { amount_total: "11900" } })],
    ["more tax than the total", stripeCheckoutCompleted({ totalMinor: 100, taxMinor: 101 })],
    ["no amount though it is paid", stripeCheckoutCompleted({ totalMinor: null })],
    ["no currency though it is paid", stripeCheckoutCompleted({ currency: null })],
    ["a currency of four letters", stripeCheckoutCompleted({ currency: "euro" })],
    ["an id with a NUL", stripeCheckoutCompleted({ id: "cs_\u0000" })],
    ["a year beyond 9999", stripeCheckoutCompleted({ createdSeconds: 253_402_300_800 })],
    ["more tax than the invoice", stripeInvoicePaid({ totalMinor: 100, taxMinor: 200 })],
    ["a dispute of no payment", stripeDispute({ charge: null, paymentIntent: null })],
    ["only an own __proto__", '{"__proto__":{"id":"evt_1","type":"a","created":1,"data":{"object":{}}}}'],
  ])("refuses an event with %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });

  it("says which member is wrong, but not what stood in it", () => {
    const reading = read(stripeCheckoutCompleted({ id: "somebody @example.com" }));
    expect(reading).toEqual({ outcome: "refused", because: "event_malformed", detail: "id: invalid_format" });
  });
});
