import { expect, it } from "vitest";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { lemonSqueezyDelivery } from "../../shops/deliveries.ts";
import {
  type LemonSale,
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../../shops/lemon-squeezy-fixtures.ts";
import { openJourney } from "../journey.ts";
import { tellShopStory } from "./shop-story.ts";

/** An order and its subscription as they come, in no certain order. */
const firstYear = (at: string, customData: LemonSale["customData"]) => [
  lemonOrderCreated({ at, customData: customData ?? {} }),
  lemonSubscriptionCreated({ at, customData: customData ?? {} }),
  lemonSubscriptionPayment({ at, customData: customData ?? {}, reason: "initial" }),
];

tellShopStory({
  kind: "lemon-squeezy",
  order: "4903117",
  sale: ({ at, reference, subscription }) => {
    const customData = { ref: reference };
    return subscription ? firstYear(at, customData) : [lemonOrderCreated({ at, customData })];
  },
  renewal: {
    order: "subscription-invoice-3195117",
    event: ({ at }) => lemonSubscriptionPayment({ at, id: "3195117" }),
  },
  partialRefund: ({ at }) => lemonOrderRefunded({ at, refundedMinor: 3570, status: "partial_refund" }),
  fullRefund: ({ at }) => lemonOrderRefunded({ at }),
  resent: (event) => JSON.parse(JSON.stringify(event).replaceAll("signature=51a2", "signature=9f00")),
  asTest: ({ meta, ...event }) => ({ ...event, meta: { ...(meta as object), test_mode: true } }),
});

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

onEveryEngine("the first year of a subscription at Lemon Squeezy", (bench) => {
  it.each(orders)("counts once, and is remembered, when its events come as %d %d %d", async (...order) => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const send = (event: unknown) => journey.deliver("lemon-squeezy", lemonSqueezyDelivery(event));
    const events = firstYear("2026-11-21T09:00:00.000000Z", { ref: reference });
    for (const index of order) expect(await send(events[index])).toMatchObject({ code: 200 });
    expect(await journey.explain("4903117", "lemon-squeezy")).toMatchObject({
      outcome: "credited",
      netMinor: 10_000,
      taxMinor: 1900,
      currency: "EUR",
    });
    journey.pass(365);
    await send(lemonSubscriptionPayment({ at: "2027-11-21T09:00:00.000000Z", id: "3195117" }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });

    const refunded = { at: "2027-11-22T09:00:00.000000Z", id: "3195117", refundedMinor: 5950 };
    await send(lemonSubscriptionPayment({ ...refunded, name: "subscription_payment_refunded" }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 3000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});
