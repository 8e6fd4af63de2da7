import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Delivery, deliveredAtSeconds } from "../../../test/shops/deliveries.ts";
import { everyKind, everyShop } from "../../../test/shops/every-shop.ts";
import type { ShopKind, ShopSettings } from "../config/shop-config.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { openShops } from "./open-shops.ts";
import type { Shop, WebhookReading } from "./shop.ts";

const now = instant(deliveredAtSeconds * 1000);

function openShop(kind: ShopKind, secret: string = everyShop[kind].secret): Shop {
  const name = as.shop(kind);
  const settings = { ...everyShop[kind].settings, kind, secrets: [secret] } as ShopSettings;
  const shop = openShops(new Map([[name, settings]])).get(name);
  if (shop === undefined) throw new Error(`no shop ${kind}`);
  return shop;
}

const shops = new Map(everyKind.map((kind) => [kind, openShop(kind)]));
const signedKinds = everyKind.filter((kind) => everyShop[kind].signedBy.length > 0);
const timedKinds = everyKind.filter((kind) => everyShop[kind].timed);
const kindsAndHeaders = signedKinds.flatMap((kind) =>
  everyShop[kind].signedBy.map((header) => [kind, header] as const),
);

function read(kind: ShopKind, delivery: Delivery, at: Instant = now): WebhookReading {
  const reading = shops.get(kind)?.read(delivery, at);
  if (reading === undefined) throw new Error(`no shop ${kind}`);
  return reading;
}

const deliveryOf = (kind: ShopKind, payload = everyShop[kind].example): Delivery =>
  everyShop[kind].deliver(payload, { timestamp: deliveredAtSeconds });

const outcomes = (reading: WebhookReading) =>
  reading.outcome === "batch" ? reading.readings.map(({ outcome }) => outcome) : [reading.outcome];

const becauseOf = (reading: WebhookReading) =>
  reading.outcome === "refused" ? reading.because : reading.outcome;

const isRefusedUnread = (reading: WebhookReading) => /^(signature|timestamp)_/.test(becauseOf(reading));

describe("a delivery that was tampered with", () => {
  it.each(everyKind)("is taken as it was sent (%s, control)", (kind) => {
    expect(outcomes(read(kind, deliveryOf(kind)))).toEqual(["events"]);
  });

  it.each(signedKinds)("is refused for any changed byte of its body (%s)", (kind) => {
    const delivery = deliveryOf(kind);
    const place = fc.nat(delivery.body.length - 1);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (index, change) => {
        const body = Uint8Array.from(delivery.body);
        body[index] = (body[index] ?? 0) ^ change;
        return isRefusedUnread(read(kind, { headers: delivery.headers, body }));
      }),
      { numRuns: 300 },
    );
  });

  it.each(signedKinds)("is refused for a byte more or less, or none at all (%s)", (kind) => {
    const { headers, body } = deliveryOf(kind);
    for (const changed of [body.slice(0, -1), Buffer.concat([body, Buffer.from(" ")]), new Uint8Array()])
      expect(isRefusedUnread(read(kind, { headers, body: changed }))).toBe(true);
  });

  it.each(kindsAndHeaders)("is refused for any changed character of its headers (%s, %s)", (kind, name) => {
    const delivery = deliveryOf(kind);
    const value = delivery.headers.get(name) ?? "";
    for (let index = 0; index < value.length; index++) {
      for (const replacement of "0aAzZ9,= .+-_") {
        if (replacement === value[index]) continue;
        const headers = new Headers(delivery.headers);
        headers.set(name, value.slice(0, index) + replacement + value.slice(index + 1));
        expect([headers.get(name), isRefusedUnread(read(kind, { headers, body: delivery.body }))]).toEqual([
          headers.get(name),
          true,
        ]);
      }
    }
  });

  it.each(kindsAndHeaders)("is refused without one of its headers (%s, %s)", (kind, name) => {
    const { headers, body } = deliveryOf(kind);
    headers.delete(name);
    expect(becauseOf(read(kind, { headers, body }))).toBe("signature_missing");
  });

  it.each(timedKinds)("is refused five minutes early or late (%s)", (kind) => {
    for (const seconds of [-301, 301, -86_400, 86_400]) {
      const at = instant((deliveredAtSeconds + seconds) * 1000);
      expect(becauseOf(read(kind, deliveryOf(kind), at))).toBe("timestamp_outside_tolerance");
    }
  });

  it("is never more than refused, whatever its bytes are, once it is signed", () => {
    fc.assert(
      fc.property(fc.json(), (text) =>
        signedKinds.every((kind) =>
          outcomes(read(kind, deliveryOf(kind, text))).every((outcome) => outcome !== "events"),
        ),
      ),
    );
  });
});

describe("a shop's signature", () => {
  const pairs = signedKinds.flatMap((kind) =>
    everyKind.filter((other) => other !== kind).map((other) => [kind, other] as const),
  );

  it.each(pairs)("of %s does not pass at %s", (kind, other) => {
    expect(isRefusedUnread(read(other, deliveryOf(kind)))).toBe(true);
  });

  const oneSecret = `whsec_${Buffer.from("one secret for all the shops, as nobody should!!").toString("base64")}`;

  it.each(pairs)("of %s does not pass at %s even where both have one secret", (kind, other) => {
    const timestamp = deliveredAtSeconds;
    const delivery = everyShop[kind].deliver(everyShop[kind].example, { secret: oneSecret, timestamp });
    expect(outcomes(openShop(kind, oneSecret).read(delivery, now))).toEqual(["events"]);
    expect(isRefusedUnread(openShop(other, oneSecret).read(delivery, now))).toBe(true);
  });

  it.each(everyKind)("by another secret does not pass (%s)", (kind) => {
    const secret = `whsec_${Buffer.from("another secret of the same kind of shop").toString("base64")}`;
    const timestamp = deliveredAtSeconds;
    const delivery = everyShop[kind].deliver(everyShop[kind].example, { secret, timestamp });
    expect(isRefusedUnread(read(kind, delivery))).toBe(true);
  });
});
