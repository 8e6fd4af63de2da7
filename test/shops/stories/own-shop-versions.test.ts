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
const cart = (...lines: object[]) => ({ lines, netMinor: undefined, taxMinor: undefined });
const back = (day: number, refund: string, more: object = {}) =>
  ownPurchaseRefunded({ refund, refundedAt: on(day), ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: "A-1001", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });

playStories("standard-webhooks", [
  {
    name: "lines of every kind with articles, terms and list prices, two of which are refunded by name",
    tells: (ref) => [
      sold(ref, {
        ...cart(
          {
            line: "a",
            articles: ["P-1", "P-1-PRO"],
            quantity: 3,
            netMinor: 6000,
            taxMinor: 1140,
            listMinor: 9000,
            period: "P1Y",
          },
          { line: "b", kind: "addon", quantity: 1, netMinor: 2000, taxMinor: 380, period: "P6M" },
          { line: "ship", kind: "shipping", quantity: 1, netMinor: 1000, taxMinor: 190 },
          { line: "fee", kind: "other", quantity: 1, netMinor: 1000, taxMinor: 190 },
        ),
      }),
      back(2, "R-1", {
        amountMinor: 3570,
        netMinor: 3000,
        lines: [
          { line: "b", netMinor: 2000, taxMinor: 380 },
          { line: "ship", netMinor: 1000, taxMinor: 190 },
        ],
      }),
    ],
    ends: order(700, {
      lines: [
        { line: "a", articles: ["P-1", "P-1-PRO"], quantity: 3, listMinor: 9000, kind: "new", period: "P1Y" },
        { kind: "addon", period: "P6M" },
        { kind: "shipping" },
        { kind: "other" },
      ],
      lostOfLines: [0, 2000, 1000, 0],
    }),
  },
  {
    name: "a refund by lines that the order never had, and one by more than a line cost",
    tells: (ref) => [
      sold(
        ref,
        cart(
          { line: "a", quantity: 1, netMinor: 4000, taxMinor: 0 },
          { line: "b", quantity: 1, netMinor: 6000, taxMinor: 0 },
        ),
      ),
      back(2, "R-1", {
        amountMinor: 1000,
        netMinor: 1000,
        lines: [{ line: "x", netMinor: 1000, taxMinor: 0 }],
      }),
      back(3, "R-2", {
        amountMinor: 5000,
        netMinor: 5000,
        lines: [{ line: "a", netMinor: 5000, taxMinor: 0 }],
      }),
    ],
    ends: order(400, { lostOfLines: [4000, 2000] }),
  },
  {
    name: "a term for nothing, an upgrade for nothing, and a term years later, in several zones",
    tells: (ref) => [
      sold(ref, { subscription: "S-1", paidAt: "2025-11-19T23:30:00-11:00" }),
      sold("", {
        order: "A-2",
        cycle: "renewal",
        subscription: "S-1",
        netMinor: 0,
        taxMinor: 0,
        paidAt: "2026-11-20T00:30:00+14:00",
      }),
      sold("", {
        order: "A-3",
        cycle: "upgrade",
        subscription: "S-1",
        netMinor: 0,
        taxMinor: 0,
        paidAt: on(500),
      }),
      sold("", { order: "A-4", cycle: "renewal", subscription: "S-1", paidAt: on(1461) }),
    ],
    ends: [
      ...order(1000),
      of("A-2", 0, { outcome: "credited", cycle: "renewal" }),
      of("A-3", 0, { outcome: "credited", cycle: "renewal" }),
      of("A-4", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "a gift card spent in part on a product, whose refund goes back to the card, and spent again",
    tells: (ref) => [
      sold(ref, cart({ line: "card", kind: "prepaid", quantity: 1, netMinor: 5000, taxMinor: 0 })),
      sold(ref, { order: "A-2", paidAt: on(3) }),
      back(5, "R-1", { order: "A-2", amountMinor: 5950 }),
      sold(ref, { order: "A-3", netMinor: 5000, taxMinor: 950, paidAt: on(6) }),
    ],
    ends: [...order(0, { netMinor: 0 }), of("A-2", 500), of("A-3", 500)],
  },
  {
    name: "a dispute and a refund of one moment in different zones",
    tells: (ref) => [
      sold(ref),
      ownPurchaseDisputed({
        dispute: "D-1",
        status: "won",
        disputedAt: "2025-11-22T01:00:00+02:00",
        amountMinor: 5950,
      }),
      ownPurchaseDisputed({
        dispute: "D-1",
        status: "opened",
        disputedAt: "2025-11-21T23:00:00Z",
        amountMinor: 5950,
      }),
      back(0, "R-1", { status: "failed", amountMinor: 2380, refundedAt: "2025-11-21T18:00:00-05:00" }),
      back(0, "R-1", { status: "pending", amountMinor: 2380, refundedAt: "2025-11-21T23:00:00.000Z" }),
    ],
    ends: order(1000),
  },
]);
