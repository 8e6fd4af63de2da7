import { a, b, back, cart, disputed, fifth, half, of, on, order, sold } from "./own-shop-tellings.ts";
import { playStories } from "./story.ts";

playStories("standard-webhooks", [
  {
    name: "an edit that raises a line, a refund of that line, which fails, and a fifth of the whole",
    tells: (ref) => [
      sold(ref, { ...cart(a, b), changedAt: on(0) }),
      sold(ref, { ...cart(a, { ...b, quantity: 2, netMinor: 8000, taxMinor: 1520 }), changedAt: on(1) }),
      back(2, "R-1", { amountMinor: 4760, lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }] }),
      back(9, "R-1", {
        ...{ amountMinor: 4760, lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }], status: "failed" },
      }),
      back(12, "R-2", { amountMinor: 3332 }),
    ],
    ends: order(1120, { netMinor: 14_000, lostOfLines: [1200, 1600] }),
  },
  {
    name: "an upgrade whose payment is disputed, won, and lost after all",
    tells: (ref) => [
      sold(ref, { subscription: "S-1" }),
      sold(null, { order: "A-2", subscription: "S-1", cycle: "upgrade", paidAt: on(90) }),
      disputed(100, "opened", { order: "A-2" }),
      disputed(140, "won", { order: "A-2" }),
      disputed(180, "lost", { order: "A-2" }),
    ],
    ends: [...order(1000), of("A-2", 0, { cycle: "renewal" })],
  },
  {
    name: "a renewal beside a gift card, of which a part of the product is refunded",
    tells: (ref) => [
      sold(ref, { subscription: "S-1" }),
      sold(null, {
        ...{ order: "A-2", subscription: "S-1", cycle: "renewal", paidAt: on(365) },
        ...cart(a, { line: "card", kind: "prepaid", quantity: 1, netMinor: 5000, taxMinor: 0 }),
      }),
      back(370, "R-1", {
        order: "A-2",
        amountMinor: 3570,
        lines: [{ line: "a", netMinor: 3000, taxMinor: 570 }],
      }),
    ],
    ends: [...order(1000), of("A-2", 300, { netMinor: 6000 })],
  },
  {
    name: "the tax of one line refunded, then all of the order",
    tells: (ref) => [
      sold(ref, cart(a, b)),
      back(2, "R-1", { amountMinor: 1140, netMinor: 0, lines: [{ line: "a", netMinor: 0, taxMinor: 1140 }] }),
      back(9, "R-2", { amountMinor: 10_760, netMinor: 10_000 }),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "a dispute in another currency that is given back, beside a refund of a fifth",
    tells: (ref) => [
      sold(ref),
      disputed(5, "opened", { currency: "USD" }),
      back(6, "R-1", fifth),
      disputed(40, "won", { currency: "USD" }),
    ],
    ends: order(800),
  },
  {
    name: "a refund and a dispute before their sale, the dispute won, the refund pending and done",
    tells: (ref) => [
      disputed(40, "won", half),
      disputed(5, "opened", half),
      back(3, "R-1", fifth),
      back(2, "R-1", { ...fifth, status: "pending" }),
      sold(ref),
    ],
    ends: order(800),
  },
  {
    name: "a subscription that goes to another customer by another address, half of her term given back",
    tells: (ref) => [
      sold(ref, { subscription: "S-1", customer: { email: "first@example.com" } }),
      sold(null, {
        ...{ order: "A-2", subscription: "S-1", cycle: "renewal", paidAt: on(365) },
        ...{ customer: { email: "second@example.com" } },
      }),
      back(370, "R-1", { order: "A-2", ...half }),
    ],
    ends: [...order(1000), of("A-2", 500, { cycle: "renewal" })],
  },
  {
    name: "the same events years later, and an edit of before that comes last",
    tells: (ref) => [
      sold(ref, { changedAt: on(3), netMinor: 5000, taxMinor: 950 }),
      back(4, "R-1", { amountMinor: 1190 }),
      sold(ref, { changedAt: on(3), netMinor: 5000, taxMinor: 950 }),
      back(900, "R-1", { amountMinor: 1190 }),
      sold(ref, { changedAt: on(1), netMinor: 20_000, taxMinor: 3800 }),
    ],
    ends: order(400, { netMinor: 5000 }),
  },
  {
    name: "an order edited up, down and up again, and a clock a day behind of its refund and dispute",
    tells: (ref) => [
      sold(ref, { changedAt: on(0) }),
      sold(ref, { changedAt: on(1), netMinor: 20_000, taxMinor: 3800 }),
      sold(ref, { changedAt: on(2), netMinor: 5000, taxMinor: 950 }),
      sold(ref, { changedAt: on(3), netMinor: 20_000, taxMinor: 3800 }),
      back(-1, "R-1", fifth),
      disputed(-1, "opened", fifth),
    ],
    ends: order(1600, { netMinor: 20_000 }),
  },
  {
    name: "a refund that is done and fails in one moment, and a dispute opened and won in one",
    tells: (ref) => [
      sold(ref),
      back(2, "R-1", { ...half, status: "done" }),
      back(2, "R-1", { ...half, status: "failed" }),
      disputed(5, "opened", half),
      disputed(5, "won", half),
    ],
    ends: order(1000),
  },
  {
    name: "a free order that is paid for later, and a part refund before a chargeback that is won",
    tells: (ref) => [
      sold(ref, { changedAt: on(0), netMinor: 0, taxMinor: 0 }),
      sold(ref, { changedAt: on(1) }),
      back(2, "R-1", fifth),
      disputed(5, "opened", { amountMinor: 9520 }),
      disputed(40, "won", { amountMinor: 9520 }),
    ],
    ends: order(800, { netMinor: 10_000 }),
  },
  {
    name: "two edits in one moment",
    tells: (ref) => [
      sold(ref, { changedAt: on(1), netMinor: 5000, taxMinor: 950 }),
      sold(ref, { changedAt: on(1), netMinor: 5000, taxMinor: 950, licence: "AAAA" }),
    ],
    ends: order(500, { netMinor: 5000 }),
  },
]);
