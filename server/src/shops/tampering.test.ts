import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Delivery,
  deliveredAtSeconds,
  ownDelivery,
  ownSecret,
  stripeDelivery,
  stripeSecret,
} from "../../../test/shops/deliveries.ts";
import { ownPurchaseCompleted } from "../../../test/shops/own-shop-fixtures.ts";
import { stripeCheckoutCompleted } from "../../../test/shops/stripe-fixtures.ts";
import { instant } from "../clock.ts";
import { as } from "../ids.ts";
import { openShops } from "./open-shops.ts";
import type { WebhookReading } from "./shop.ts";

const now = instant(deliveredAtSeconds * 1000);
const shops = openShops(
  new Map([
    [as.shop("stripe"), { kind: "stripe", secrets: [stripeSecret] }],
    [as.shop("own"), { kind: "standard-webhooks", secrets: [ownSecret] }],
  ]),
);

const shopsAndDeliveries: [string, Delivery, string][] = [
  ["stripe", stripeDelivery(stripeCheckoutCompleted()), "stripe-signature"],
  ["own", ownDelivery(ownPurchaseCompleted()), "webhook-signature"],
  ["own", ownDelivery(ownPurchaseCompleted()), "webhook-timestamp"],
  ["own", ownDelivery(ownPurchaseCompleted()), "webhook-id"],
];

function read(shop: string, delivery: Delivery): WebhookReading {
  const reading = shops.get(as.shop(shop))?.read(delivery, now);
  if (reading === undefined) throw new Error(`no shop ${shop}`);
  return reading;
}

const isRefusedUnread = (reading: WebhookReading) =>
  reading.outcome === "refused" && /^(signature|timestamp)_/.test(reading.because);

describe("a delivery that was tampered with", () => {
  it.each(shopsAndDeliveries)("is taken as it was sent (%s, control)", (shop, delivery) => {
    expect(read(shop, delivery)).toMatchObject({ outcome: "events" });
  });

  it.each(shopsAndDeliveries.slice(0, 2))(
    "is refused for any changed byte of its body (%s)",
    (shop, delivery) => {
      const place = fc.nat(delivery.body.length - 1);
      fc.assert(
        fc.property(place, fc.integer({ min: 1, max: 255 }), (index, change) => {
          const body = Uint8Array.from(delivery.body);
          body[index] = (body[index] ?? 0) ^ change;
          return isRefusedUnread(read(shop, { headers: delivery.headers, body }));
        }),
        { numRuns: 500 },
      );
    },
  );

  it.each(shopsAndDeliveries.slice(0, 2))(
    "is refused for a byte more or less (%s)",
    (shop, { headers, body }) => {
      expect(isRefusedUnread(read(shop, { headers, body: body.slice(0, -1) }))).toBe(true);
      expect(isRefusedUnread(read(shop, { headers, body: Buffer.concat([body, Buffer.from(" ")]) }))).toBe(
        true,
      );
    },
  );

  it.each(shopsAndDeliveries)(
    "is refused for any changed character of its headers (%s, %#)",
    (shop, delivery, name) => {
      const value = delivery.headers.get(name) ?? "";
      for (let index = 0; index < value.length; index++) {
        for (const replacement of "0aAzZ9,= .+-_") {
          if (replacement === value[index]) continue;
          const headers = new Headers(delivery.headers);
          headers.set(name, value.slice(0, index) + replacement + value.slice(index + 1));
          expect([headers.get(name), isRefusedUnread(read(shop, { headers, body: delivery.body }))]).toEqual([
            headers.get(name),
            true,
          ]);
        }
      }
    },
  );

  it("is never more than refused, whatever its bytes are, once it is signed", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const outcomes = [read("stripe", stripeDelivery(text)), read("own", ownDelivery(text))];
        return outcomes.every((reading) => reading.outcome === "refused" || reading.outcome === "ignored");
      }),
    );
  });
});
