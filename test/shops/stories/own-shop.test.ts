import { ownPurchaseCompleted, ownPurchaseDisputed, ownPurchaseRefunded } from "../own-shop-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const a = { line: "a", quantity: 1, netMinor: 6000, taxMinor: 1140 };
const b = { line: "b", quantity: 1, netMinor: 4000, taxMinor: 760 };
const untotalled = { netMinor: undefined, taxMinor: undefined };
const sold = (reference: string, more: object = {}) =>
  ownPurchaseCompleted({
    cycle: "new",
    licence: null,
    coupon: null,
    product: null,
    ...untotalled,
    lines: [a, b],
    reference,
    ...more,
  });
const back = (day: number, more: object = {}) => ownPurchaseRefunded({ refundedAt: on(day), ...more });
const disputed = (day: number, status: string) => ownPurchaseDisputed({ status, disputedAt: on(day) });
const order = (earnedMinor: number, more: object = {}) => [{ order: "A-1001", earnedMinor, ...more }];

playStories("standard-webhooks", [
  { name: "a purchase", tells: (ref) => [sold(ref)], ends: order(1000, { netMinor: 10_000, cycle: "new" }) },
  {
    name: "a refund that fails",
    tells: (ref) => [sold(ref), back(1), back(2, { status: "failed" })],
    ends: order(1000),
  },
  {
    name: "a refund that fails, is deleted and entered anew",
    tells: (ref) => [
      sold(ref),
      back(1),
      back(2, { status: "deleted" }),
      back(3, { refund: "R-2", amountMinor: 1190 }),
    ],
    ends: order(900),
  },
  { name: "a pending refund", tells: (ref) => [sold(ref), back(1, { status: "pending" })], ends: order(0) },
  {
    name: "the tax alone goes back",
    tells: (ref) => [sold(ref), back(1, { amountMinor: 1900, netMinor: 0 })],
    ends: order(1000),
  },
  {
    name: "a line goes back",
    tells: (ref) => [
      sold(ref),
      back(1, { amountMinor: 4760, netMinor: 4000, lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }] }),
    ],
    ends: order(600, { lostOfLines: [0, 4000] }),
  },
  {
    name: "an order that is edited",
    tells: (ref) => [sold(ref), sold(ref, { lines: [a], changedAt: on(2) })],
    ends: order(600, { netMinor: 6000 }),
  },
  {
    name: "a gift card beside a product",
    tells: (ref) => [sold(ref, { lines: [a, { ...b, taxMinor: 0, kind: "prepaid" }] })],
    ends: order(600, { netMinor: 6000, taxMinor: 1140 }),
  },
  {
    name: "a dispute that is won",
    tells: (ref) => [sold(ref), disputed(1, "opened"), disputed(2, "won")],
    ends: order(1000),
  },
  {
    name: "a dispute that is won and opened again",
    tells: (ref) => [sold(ref), disputed(1, "opened"), disputed(2, "won"), disputed(3, "opened")],
    ends: order(0),
  },
  {
    name: "a dispute that is won, then lost",
    tells: (ref) => [sold(ref), disputed(1, "opened"), disputed(2, "won"), disputed(3, "lost")],
    ends: order(0),
  },
  {
    name: "a rebate that is a line of its own, half of it refunded",
    tells: (ref) => [
      sold(ref, { lines: [a, b, { line: "rebate", quantity: 1, netMinor: -2000, taxMinor: -380 }] }),
      back(1, { amountMinor: 4760, netMinor: 4000 }),
    ],
    ends: order(400, { netMinor: 8000 }),
  },
  {
    name: "more goes back than was paid",
    tells: (ref) => [sold(ref), back(1, { amountMinor: 15_000 })],
    ends: order(0),
  },
  {
    name: "a free order, which is disputed for nothing",
    tells: (ref) => [
      sold(ref, { lines: [{ ...a, netMinor: 0, taxMinor: 0 }], coupon: "FREE" }),
      ownPurchaseDisputed({ status: "opened", disputedAt: on(2), amountMinor: 0 }),
    ],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a dispute after a refund of half, which takes all",
    tells: (ref) => [sold(ref), back(1, { amountMinor: 5950 }), disputed(9, "opened"), disputed(40, "lost")],
    ends: order(0),
  },
  {
    name: "dinars of three digits, a fraction refunded and refused",
    tells: (ref) => [
      sold(ref, { currency: "KWD" }),
      back(1, { currency: "KWD", amountMinor: 1, refund: "R-2" }),
      back(2, { currency: "KWD", amountMinor: 1, refund: "R-2", status: "failed" }),
      back(3, { currency: "KWD", amountMinor: 1190, refund: "R-3" }),
    ],
    ends: order(900, { currency: "KWD" }),
  },
  {
    name: "a line is taken off by an edit after it was refunded by name",
    tells: (ref) => [
      sold(ref),
      back(1, {
        amountMinor: 4760,
        netMinor: 4000,
        lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }],
      }),
      sold(ref, { lines: [a, b], customer: { email: "other@example.com" }, changedAt: on(2) }),
    ],
    ends: order(600, { netMinor: 10_000, lostOfLines: [0, 4000] }),
  },
  {
    name: "a larger plan inherits its subscription, and what is left of the old one lowers it",
    tells: (ref) => [
      sold(ref, { subscription: "S-1" }),
      sold("", {
        order: "A-1002",
        reference: null,
        subscription: "S-1",
        cycle: "upgrade",
        paidAt: on(90),
        lines: [
          { ...a, netMinor: 10_000, taxMinor: 1900 },
          { ...b, netMinor: -4000, taxMinor: -760 },
        ],
      }),
    ],
    ends: [...order(1000), { order: "A-1002", earnedMinor: 600, netMinor: 6000, cycle: "renewal" }],
  },
]);
