import { describe, expect, it } from "vitest";
import { woocommerceDelivery, woocommerceSecret } from "../../../../test/shops/deliveries.ts";
import {
  wooEvent,
  wooOrderUpdated,
  wooSubscriptionCreated,
} from "../../../../test/shops/woocommerce-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("woocommerce");
const shop = openShops(new Map([[name, { kind: "woocommerce", secrets: [woocommerceSecret] }]])).get(name);
const read = (payload: unknown) => shop?.read(woocommerceDelivery(payload), instant(0));

function eventsOf(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events;
}

describe("a WooCommerce shop", () => {
  it("has signatures as openssl makes them", () => {
    // printf '{"id":727}' | openssl dgst -sha256 -hmac woo-webhook-secret-0123456789abcdef -binary | base64
    const { headers } = woocommerceDelivery('{"id":727}');
    expect(headers.get("x-wc-webhook-signature")).toBe("k5HL2ToVdj+EC39pGQ7WO0plkD3U2H/WK7SlNUmx1aw=");
  });

  it("reads a paid order as a new sale", () => {
    const meta = { _wc_order_attribution_utm_content: "r_abc-DEF", licence: "AAAA-BBBB" };
    const itemMeta = { product: "acme-paint" };
    expect(eventsOf(wooOrderUpdated({ meta, itemMeta, coupons: ["summer"] }))).toEqual([
      {
        effect: "sale",
        eventId: "order-727",
        objectId: "727",
        occurredAt: Date.parse("2025-11-19T14:13:10Z"),
        order: "727",
        providerIds: ["727"],
        cycle: "new",
        netMinor: 10000,
        taxMinor: 1900,
        currency: "EUR",
        reference: "r_abc-DEF",
        licence: "AAAA-BBBB",
        product: "acme-paint",
        email: "customer@example.com",
        coupons: ["summer"],
      },
    ]);
  });

  it("goes by the reference that the vendor's own code kept, before that of the visit", () => {
    const meta = { reference: "r_own", _wc_order_attribution_utm_content: "newsletter" };
    expect(eventsOf(wooOrderUpdated({ meta }))).toMatchObject([{ reference: "r_own" }]);
  });

  it("takes an order for paid when it has a time of payment, whatever its status", () => {
    for (const status of ["processing", "completed", "on-hold", "refunded", "made-up-by-a-plugin"])
      expect(eventsOf(wooOrderUpdated({ status }))).toHaveLength(1);
    expect(read(wooOrderUpdated({ paidAt: null, status: "completed" }))).toMatchObject({
      outcome: "ignored",
      eventId: "order-727",
    });
  });

  it("reads a renewal of a subscription, and which order began one", () => {
    const renewal = eventsOf(wooOrderUpdated({ id: 911, meta: { _subscription_renewal: 728 } }));
    expect(renewal).toMatchObject([{ cycle: "renewal", subscription: "728", order: "911" }]);
    const began = eventsOf(wooSubscriptionCreated());
    expect(began).toMatchObject([
      { order: "727", subscription: "728", netMinor: 0, currency: "xxx".toUpperCase() },
    ]);
    expect(read(wooSubscriptionCreated({ parent: 0 }))).toMatchObject({ outcome: "ignored" });
  });

  it("reads each refund of an order as an event of its own", () => {
    const refunds = [
      { id: 1, total: "-35.70" },
      { id: 2, total: "-83.3" },
    ];
    expect(eventsOf(wooOrderUpdated({ refunds }))).toMatchObject([
      { effect: "sale" },
      { effect: "refund", eventId: "refund-1", objectId: "1", target: ["727"], amountMinor: 3570 },
      { effect: "refund", eventId: "refund-2", objectId: "2", target: ["727"], amountMinor: 8330 },
    ]);
  });

  it("reads amounts exactly, of currencies without minor units too, and where a plugin writes numbers", () => {
    const yen = eventsOf(wooOrderUpdated({ currency: "JPY", total: "1190", tax: "190" }));
    expect(yen).toMatchObject([{ netMinor: 1000, taxMinor: 190 }]);
    const body = JSON.stringify(wooOrderUpdated()).replace(
      '"total":"119.00","total_tax":"19.00"',
      '"total":0.29,"total_tax":0.0',
    );
    expect(eventsOf(body)).toMatchObject([{ netMinor: 29, taxMinor: 0 }]);
  });

  it("ignores what is deleted, and events of other things", () => {
    for (const topic of ["order.deleted", "product.updated", "action.woocommerce_add_to_cart"])
      expect(read(wooEvent(topic, { id: 727 }))).toMatchObject({ outcome: "ignored", type: topic });
  });

  it.each([
    ["more tax than the total", wooOrderUpdated({ total: "1.00", tax: "2.00" })],
    ["a total that is no number", wooOrderUpdated({ total: "much" })],
    ["a refund that is no number", wooOrderUpdated({ refunds: [{ id: 1, total: "--1" }] })],
    ["a time of payment that is none", wooOrderUpdated({ more: { date_paid_gmt: "yesterday" } })],
    ["an order under the topic of subscriptions", wooEvent("subscription.updated", wooOrderUpdated())],
    ["a topic that is none", wooEvent("x", wooOrderUpdated())],
  ])("refuses %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });
});
