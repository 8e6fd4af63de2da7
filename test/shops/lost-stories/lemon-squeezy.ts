import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { dataOf, iso, type LostStory } from "./story.ts";

const lemonBack = (day: number, refundedMinor: number) =>
  lemonOrderRefunded({
    ...{ id: "7", refundedMinor, status: "partial_refund" },
    more: { updated_at: iso(day), refunded_at: iso(day) },
  });
const lemonInvoice = lemonSubscriptionPayment({ id: "61", subscription: 31, at: iso(350) });
const lemonFirst = lemonSubscriptionPayment({ id: "60", subscription: 31, at: iso(0), reason: "initial" });
const lemonInvoiceBack = lemonSubscriptionPayment({
  ...{ id: "61", subscription: 31, at: iso(350), name: "subscription_payment_refunded" },
  ...{ status: "partial_refund", refundedMinor: 5950 },
  more: { updated_at: iso(360), refunded_at: iso(360) },
});
const lemonBegan = lemonSubscriptionCreated({ id: "31", order: 7, at: iso(0) });

/** Stories of Lemon Squeezy whose webhooks may be lost. */
export const lemonStories: LostStory[] = [
  {
    name: "a total that becomes smaller, and a renewal of which half goes back",
    ...{ kind: "lemon-squeezy", host: "https://api.lemonsqueezy.com", hidesReference: true },
    settings: { api: { token: "lemon_1" } },
    tells: (reference) => [
      lemonOrderCreated({ id: "7", customData: { ref: reference }, at: iso(0) }),
      lemonBegan,
      lemonBack(2, 5950),
      lemonBack(9, 2380),
      lemonInvoice,
      lemonInvoiceBack,
    ],
    api:
      () =>
      ({ path }) => {
        const told = path.startsWith("/v1/orders?")
          ? lemonBack(9, 2380)
          : path.startsWith("/v1/subscriptions?")
            ? lemonBegan
            : lemonInvoiceBack;
        return { body: { data: [told.data], meta: { page: { lastPage: 1, total: 1 } } } };
      },
    ends: { "7": 800, "subscription-invoice-61": 500 },
  },
  {
    name: "an order of which nothing went back, and its first and next payment",
    ...{ kind: "lemon-squeezy", host: "https://api.lemonsqueezy.com", hidesReference: true },
    settings: { api: { token: "lemon_1" } },
    tells: (reference) => [
      lemonOrderCreated({ id: "7", customData: { ref: reference }, at: iso(0) }),
      lemonBegan,
      lemonFirst,
      lemonInvoice,
    ],
    api:
      () =>
      ({ path }) => {
        const told = path.startsWith("/v1/orders?")
          ? [lemonOrderCreated({ id: "7", at: iso(0) })]
          : path.startsWith("/v1/subscriptions?")
            ? [lemonBegan]
            : [lemonInvoice, lemonFirst];
        return { body: { data: told.map(dataOf), meta: { page: { lastPage: 1, total: told.length } } } };
      },
    ends: { "7": 1000, "subscription-invoice-61": 1000 },
  },
];
