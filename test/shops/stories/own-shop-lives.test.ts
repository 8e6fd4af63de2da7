import { a, b, back, cart, disputed, fifth, half, of, on, order, sold } from "./own-shop-tellings.ts";
import { playStories } from "./story.ts";

playStories("standard-webhooks", [
  {
    name: "a refund under way that is done, fails, and another; a dispute of half that is won and lost",
    tells: (ref) => [
      sold(ref),
      back(2, "R-1", { ...half, status: "pending" }),
      back(3, "R-1", { ...half, status: "done" }),
      back(9, "R-1", { ...half, status: "failed" }),
      back(12, "R-2", fifth),
      disputed(20, "opened", half),
      disputed(50, "won", half),
      disputed(80, "lost", half),
    ],
    ends: order(300),
  },
  {
    name: "dinars and yen: an order of three digits and a term of none, each refunded in part",
    tells: (ref) => [
      sold(ref, { subscription: "S-1", currency: "KWD", netMinor: 100_000, taxMinor: 19_000 }),
      back(2, "R-1", { amountMinor: 23_800, currency: "KWD" }),
      sold(null, { order: "A-2", subscription: "S-1", cycle: "renewal", currency: "JPY", paidAt: on(365) }),
      back(370, "R-2", { order: "A-2", amountMinor: 1190, currency: "JPY" }),
      back(371, "R-3", { order: "A-2", amountMinor: 1190, currency: "JPY", netMinor: 1190 }),
    ],
    ends: [...order(8000, { currency: "KWD" }), of("A-2", 783, { currency: "JPY", cycle: "renewal" })],
  },
  {
    name: "a trial, a first payment, an upgrade refunded by its line, a larger term, years later another",
    tells: (ref) => [
      sold(ref, { subscription: "S-1", netMinor: 0, taxMinor: 0 }),
      sold(null, { order: "A-2", subscription: "S-1", cycle: "renewal", paidAt: on(14) }),
      sold(null, { order: "A-3", subscription: "S-1", cycle: "upgrade", paidAt: on(90), ...cart(a) }),
      back(95, "R-1", {
        order: "A-3",
        amountMinor: 7140,
        lines: [{ line: "a", netMinor: 6000, taxMinor: 1140 }],
      }),
      sold(null, { order: "A-4", subscription: "S-1", cycle: "renewal", paidAt: on(379), ...cart(a, b) }),
      sold(null, { order: "A-5", subscription: "S-1", cycle: "renewal", paidAt: on(2000), ...cart(a, b) }),
      back(2010, "R-2", {
        order: "A-5",
        amountMinor: 4760,
        lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }],
      }),
    ],
    ends: [
      ...order(0),
      of("A-2", 1000),
      of("A-3", 0),
      of("A-4", 1000),
      of("A-5", 600, { lostOfLines: [0, 4000] }),
    ],
  },
  {
    name: "a clock that is a month ahead: edited after it was paid, refunded in part, which is deleted",
    tells: (ref) => [
      sold(ref, { paidAt: on(400), changedAt: on(400), ...cart(a, b) }),
      sold(ref, { paidAt: on(400), changedAt: on(402), ...cart(a) }),
      back(403, "R-1", { amountMinor: 3570 }),
      back(405, "R-1", { amountMinor: 3570, status: "deleted" }),
    ],
    ends: order(600, { netMinor: 6000 }),
  },
  {
    name: "edited before it was told as paid, edited back, half of it disputed and won",
    tells: (ref) => [
      sold(ref, { changedAt: on(0), ...cart(a) }),
      sold(ref, { changedAt: on(1), ...cart(a, b) }),
      disputed(9, "opened", half),
      sold(ref, { changedAt: on(10), ...cart(a) }),
      disputed(20, "won", half),
    ],
    ends: order(600, { netMinor: 6000 }),
  },
  {
    name: "a gift card bought, which is refunded, beside a product of which half is",
    tells: (ref) => [
      sold(ref, cart(a, { line: "card", kind: "prepaid", quantity: 1, netMinor: 5000, taxMinor: 0 })),
      back(2, "R-1", { amountMinor: 5000, lines: [{ line: "card", netMinor: 5000, taxMinor: 0 }] }),
      back(5, "R-2", { amountMinor: 3570, lines: [{ line: "a", netMinor: 3000, taxMinor: 570 }] }),
    ],
    ends: order(300, { netMinor: 6000 }),
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      sold(ref, { subscription: "S-1" }),
      sold(null, { order: "A-2", subscription: "S-1", cycle: "renewal", paidAt: on(365) }),
      sold(ref, { order: "A-3", subscription: "S-2", paidAt: on(1200) }),
      sold(null, { order: "A-4", subscription: "S-2", cycle: "renewal", paidAt: on(1565) }),
      back(1570, "R-1", { order: "A-4", ...half }),
    ],
    ends: [...order(1000), of("A-2", 1000), of("A-3", 1000), of("A-4", 500, { cycle: "renewal" })],
  },
  {
    name: "two disputes open at once, one won, one lost, beside a refund of the rest that fails",
    tells: (ref) => [
      sold(ref),
      disputed(5, "opened", { dispute: "D-1", ...half }),
      disputed(6, "opened", { dispute: "D-2", ...fifth }),
      back(9, "R-1", { amountMinor: 3570, status: "done" }),
      disputed(30, "won", { dispute: "D-1", ...half }),
      disputed(31, "lost", { dispute: "D-2", ...fifth }),
      back(40, "R-1", { amountMinor: 3570, status: "cancelled" }),
    ],
    ends: order(800),
  },
]);
