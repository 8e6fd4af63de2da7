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
        eventId: expect.stringMatching(/^order-727@1763561590000:[\w-]{12}$/),
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
        country: "DE",
        coupons: ["summer"],
        changedAt: Date.parse("2025-11-19T14:13:10Z"),
        lines: [
          {
            line: "315",
            articles: ["93", "PAINT-1Y"],
            quantity: 1,
            netMinor: 10000,
            taxMinor: 1900,
            listMinor: 11900,
            kind: "new",
          },
        ],
      },
      expect.objectContaining({ effect: "refund", cumulative: true, amountMinor: 0, target: ["727"] }),
    ]);
  });

  it("goes by the reference that the vendor's own code kept, before that of the visit", () => {
    const meta = { reference: "r_own", _wc_order_attribution_utm_content: "newsletter" };
    expect(eventsOf(wooOrderUpdated({ meta }))[0]).toMatchObject({ reference: "r_own" });
  });

  it("takes an order for paid when it has a time of payment, and for taken back by its status", () => {
    for (const status of ["processing", "completed", "made-up-by-a-plugin"])
      expect(eventsOf(wooOrderUpdated({ status }))[1]).not.toHaveProperty("whole");
    for (const status of ["on-hold", "refunded", "cancelled", "failed", "trash"])
      expect(eventsOf(wooOrderUpdated({ status }))).toMatchObject([{ netMinor: 10000 }, { whole: true }]);
    expect(read(wooOrderUpdated({ paidAt: null, status: "completed" }))).toMatchObject({
      outcome: "ignored",
      eventId: "order-727",
    });
  });

  it("reads a renewal of a subscription, and which order began one", () => {
    const renewal = eventsOf(wooOrderUpdated({ id: 911, meta: { _subscription_renewal: 728 } }));
    expect(renewal[0]).toMatchObject({ cycle: "renewal", subscription: "728", order: "911" });
    for (const key of ["_subscription_switch", "_subscription_resubscribe"])
      expect(eventsOf(wooOrderUpdated({ meta: { [key]: 728 } }))[0]).toMatchObject({ subscription: "728" });
    const began = eventsOf(wooSubscriptionCreated());
    expect(began).toMatchObject([
      { order: "727", subscription: "728", netMinor: 0, currency: "xxx".toUpperCase() },
    ]);
    expect(read(wooSubscriptionCreated({ parent: 0 }))).toMatchObject({ outcome: "ignored" });
  });

  it("reads the refunds of an order as what it came to by then", () => {
    const refunds = [
      { id: 1, total: "-35.70" },
      { id: 2, total: "-83.3" },
    ];
    expect(eventsOf(wooOrderUpdated({ refunds }))).toMatchObject([
      { effect: "sale" },
      { effect: "refund", cumulative: true, target: ["727"], amountMinor: 11_900 },
    ]);
  });

  it("reads amounts exactly, of currencies without minor units too, and where a plugin writes numbers", () => {
    const yen = eventsOf(wooOrderUpdated({ currency: "JPY", total: "1190", tax: "190" }));
    expect(yen[0]).toMatchObject({ netMinor: 1000, taxMinor: 190 });
    const body = JSON.stringify(wooOrderUpdated()).replace(
      '"total":"119.00","total_tax":"19.00"',
      '"total":0.29,"total_tax":0.0',
    );
    expect(eventsOf(body)[0]).toMatchObject({ netMinor: 29, taxMinor: 0 });
  });

  it("reads that an order was thrown away: nothing of it stands", () => {
    expect(eventsOf(wooEvent("order.deleted", { id: 727 }))).toMatchObject([
      { effect: "refund", cumulative: true, whole: true, target: ["727"] },
    ]);
  });

  it("ignores events of other things", () => {
    for (const topic of ["product.updated", "action.woocommerce_add_to_cart"])
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
