import { ownPurchaseCompleted, ownPurchaseDisputed, ownPurchaseRefunded } from "../own-shop-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const sold = (reference: string, more: object = {}) =>
  ownPurchaseCompleted({
    cycle: "new",
    licence: null,
    coupon: null,
    lines: undefined,
    customer: null,
    reference,
    ...more,
  });
const back = (day: number, refund: string, more: object = {}) =>
  ownPurchaseRefunded({ refund, refundedAt: on(day), ...more });
const disputed = (day: number, dispute: string, status: string, more: object = {}) =>
  ownPurchaseDisputed({ dispute, status, disputedAt: on(day), ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: "A-1001", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });
const half = { amountMinor: 5950 };

playStories("standard-webhooks", [
  {
    name: "refunds in three parts, of which the second fails and the third is cancelled",
    tells: (ref) => [
      sold(ref),
      back(1, "R-1", { amountMinor: 2380 }),
      back(2, "R-2", { amountMinor: 2380, status: "pending" }),
      back(3, "R-3", half),
      back(4, "R-2", { amountMinor: 2380, status: "failed" }),
      back(5, "R-3", { ...half, status: "cancelled" }),
    ],
    ends: order(800),
  },
  {
    name: "two disputes in parts, the one won, the other lost, won, and lost at last",
    tells: (ref) => [
      sold(ref),
      disputed(5, "D-1", "opened", half),
      disputed(6, "D-2", "opened", { amountMinor: 2380 }),
      disputed(40, "D-1", "won", half),
      disputed(41, "D-2", "lost", { amountMinor: 2380 }),
      disputed(60, "D-2", "won", { amountMinor: 2380 }),
      disputed(90, "D-2", "lost", { amountMinor: 2380 }),
    ],
    ends: order(800),
  },
  {
    name: "a dispute and a refund in other currencies, both of which came to nothing",
    tells: (ref) => [
      sold(ref),
      disputed(5, "D-1", "opened", { currency: "USD" }),
      disputed(40, "D-1", "won", { currency: "USD" }),
      back(6, "R-1", { currency: "GBP" }),
      back(9, "R-1", { currency: "GBP", status: "failed" }),
    ],
    ends: order(1000),
  },
  {
    name: "a refund in another currency",
    tells: (ref) => [sold(ref), back(1, "R-1", { currency: "USD", amountMinor: 100 })],
    ends: order(0, { outcome: "held" }),
  },
  {
    name: "krónur, dinars and forint, refunded in parts",
    tells: (ref) => [
      sold(ref, { currency: "ISK" }),
      back(1, "R-1", { ...half, currency: "ISK" }),
      sold(ref, { order: "A-2", currency: "KWD" }),
      back(1, "R-2", { order: "A-2", amountMinor: 1190, currency: "KWD" }),
      sold(ref, { order: "A-3", currency: "huf" }),
    ],
    ends: [
      ...order(500, { currency: "ISK" }),
      of("A-2", 900, { currency: "KWD" }),
      of("A-3", 1000, { currency: "HUF" }),
    ],
  },
  {
    name: "edited twice, to less and to more, refunded in between",
    tells: (ref) => [
      sold(ref, { changedAt: on(0) }),
      sold(ref, { netMinor: 5000, taxMinor: 950, changedAt: on(1) }),
      back(2, "R-1", { amountMinor: 1190 }),
      sold(ref, { netMinor: 20_000, taxMinor: 3800, changedAt: on(3) }),
    ],
    ends: order(1900, { netMinor: 20_000 }),
  },
  {
    name: "a subscription that is upgraded, lowered, ended and begun anew",
    tells: (ref) => [
      sold(ref, { subscription: "S-1" }),
      sold(ref, {
        order: "A-2",
        reference: null,
        subscription: "S-1",
        cycle: "upgrade",
        netMinor: 5000,
        taxMinor: 950,
      }),
      sold(ref, {
        order: "A-3",
        reference: null,
        subscription: "S-1",
        cycle: "renewal",
        netMinor: 2000,
        taxMinor: 380,
      }),
      sold(ref, { order: "A-4", subscription: "S-2" }),
      sold(ref, { order: "A-5", reference: null, subscription: "S-2", cycle: "renewal" }),
    ],
    ends: [
      ...order(1000, { cycle: "new" }),
      of("A-2", 500, { cycle: "renewal" }),
      of("A-3", 200, { cycle: "renewal" }),
      of("A-4", 1000, { cycle: "new" }),
      of("A-5", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "events that nobody knows yet, and a refund of an order that never came",
    tells: (ref) => [
      sold(ref),
      { type: "brand.new", timestamp: on(1), data: { anything: [1, 2] } },
      back(2, "R-9", { order: "A-9" }),
    ],
    ends: [...order(1000), of("A-9", 0, { unknown: true })],
  },
  {
    name: "with the least that an order has, its lines alone",
    tells: (ref) => [
      {
        type: "purchase.completed",
        timestamp: on(0),
        data: {
          order: "A-1001",
          lines: [{ quantity: 1, netMinor: 10_000, taxMinor: 1900 }],
          currency: "EUR",
          reference: ref,
          paidAt: on(0),
        },
      },
    ],
    ends: order(1000, { netMinor: 10_000 }),
  },
]);
