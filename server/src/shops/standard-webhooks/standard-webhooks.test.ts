import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, ownDelivery, ownSecret } from "../../../../test/shops/deliveries.ts";
import {
  ownPurchaseCompleted,
  ownPurchaseDisputed,
  ownPurchaseRefunded,
} from "../../../../test/shops/own-shop-fixtures.ts";
import { standardWebhooksKey } from "../../secrets/webhook-signatures/signing-secret.ts";
import { instant } from "../../words/clock.ts";
import type { WebhookReading } from "../shop.ts";
import { openStandardWebhooks } from "./standard-webhooks.ts";

const now = instant(deliveredAtSeconds * 1000);
const reading = standardWebhooksKey(ownSecret);
if ("problem" in reading) throw new Error(reading.problem);
const shop = openStandardWebhooks([reading.key]);

const read = (payload: unknown, id?: string): WebhookReading =>
  shop.read(ownDelivery(payload, id === undefined ? {} : { id }), now);

function onlyEvent(payload: unknown, id?: string) {
  const answer = read(payload, id);
  if (answer.outcome !== "events") throw new Error(`it was ${JSON.stringify(answer)}`);
  return answer.events[0];
}

const line = { quantity: 1, netMinor: 10000, taxMinor: 1900 };

describe("a vendor's own shop", () => {
  it("tells of a paid order", () => {
    expect(onlyEvent(ownPurchaseCompleted({ subscription: "S-1" }), "msg_7")).toEqual({
      effect: "sale",
      eventId: "msg_7",
      objectId: "A-1001",
      occurredAt: Date.UTC(2025, 10, 19, 14, 13, 10),
      order: "A-1001",
      providerIds: ["A-1001"],
      subscription: "S-1",
      cycle: "renewal",
      product: "acme-paint",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      lines: [
        {
          line: "1",
          articles: ["acme-paint"],
          product: "acme-paint",
          quantity: 1,
          netMinor: 10000,
          taxMinor: 1900,
          kind: "renewal",
        },
      ],
      email: "customer@example.com",
      licence: "AAAA-BBBB",
      reference: "r_0123456789",
      coupons: ["SUMMER"],
    });
  });

  it("tells of a refund by its order and its own id", () => {
    expect(onlyEvent(ownPurchaseRefunded(), "msg_8")).toEqual({
      effect: "refund",
      eventId: "msg_8",
      objectId: "A-1001 R-1",
      occurredAt: Date.UTC(2025, 10, 20, 8),
      target: ["A-1001"],
      amountMinor: 11900,
      cumulative: false,
      movement: "A-1001 R-1",
      status: "done",
      currency: "EUR",
    });
  });

  it("tells where a refund stands, its net, and what it took of each line", () => {
    const lines = [{ line: "a", netMinor: 0, taxMinor: 1900 }];
    const told = { amountMinor: 1900, netMinor: 0, lines };
    const failed = onlyEvent(ownPurchaseRefunded({ ...told, status: "failed" }));
    expect(failed).toMatchObject({ movement: "A-1001 R-1", status: "failed", netMinor: 0, lines });
    const times = ["2025-11-20T08:00:00Z", "2025-11-21T08:00:00Z"];
    const done = times.map(
      (refundedAt) => onlyEvent(ownPurchaseRefunded({ ...told, status: "done", refundedAt }))?.objectId,
    );
    expect(new Set([failed?.objectId, ...done]).size).toBe(3);
  });

  it("may edit an order, and tells when", () => {
    const changedAt = "2025-11-20T08:00:00Z";
    expect(onlyEvent(ownPurchaseCompleted({ changedAt }))).toMatchObject({
      changedAt: Date.parse(changedAt),
    });
  });

  it("tells lines by their ids, articles, kinds and terms", () => {
    const lines = [
      {
        ...line,
        line: "a",
        articles: ["SKU-1"],
        quantity: 2,
        listMinor: 12000,
        kind: "upgrade",
        period: "P1Y",
      },
      { ...line, netMinor: 500, taxMinor: 95, kind: "shipping" },
    ];
    const event = onlyEvent(ownPurchaseCompleted({ lines, netMinor: undefined, taxMinor: undefined }));
    expect(event).toMatchObject({
      netMinor: 10500,
      lines: [
        { line: "a", articles: ["SKU-1"], quantity: 2, listMinor: 12000, kind: "upgrade", period: "P1Y" },
        { line: "2", netMinor: 500, taxMinor: 95, kind: "shipping" },
      ],
    });
  });

  it("earns nothing for a gift card that is bought", () => {
    const lines = [line, { ...line, netMinor: 5000, taxMinor: 0, kind: "prepaid" }];
    expect(onlyEvent(ownPurchaseCompleted({ lines, netMinor: 15000 }))).toMatchObject({
      netMinor: 10000,
      taxMinor: 1900,
      lines: [{ netMinor: 10000 }, { netMinor: 0, taxMinor: 0, listMinor: 5000, kind: "prepaid" }],
    });
  });

  it("keeps apart refunds whose joined ids would look the same", () => {
    const first = onlyEvent(ownPurchaseRefunded({ order: "A:1", refund: "2" }));
    const second = onlyEvent(ownPurchaseRefunded({ order: "A", refund: "1:2" }));
    expect(first?.objectId).not.toBe(second?.objectId);
  });

  it.each(["opened", "won", "lost"])("tells of a dispute that was %s", (status) => {
    expect(onlyEvent(ownPurchaseDisputed({ status }), "msg_9")).toEqual({
      effect: `dispute_${status}`,
      eventId: "msg_9",
      objectId: `D-1 ${Date.UTC(2025, 10, 21, 9)}`,
      occurredAt: Date.UTC(2025, 10, 21, 9),
      target: ["A-1001"],
      dispute: "D-1",
      amountMinor: 11900,
      currency: "EUR",
    });
  });

  it("may send only what is required", () => {
    const data = {
      order: "A-1",
      netMinor: 500,
      taxMinor: 0,
      currency: "usd",
      paidAt: "2025-11-19T14:13:10.5Z",
    };
    const event = onlyEvent({ type: "purchase.completed", timestamp: data.paidAt, data });
    expect(event).toMatchObject({ cycle: "new", netMinor: 500, taxMinor: 0, currency: "USD" });
    for (const absent of ["product", "email", "licence", "reference", "coupons", "subscription"]) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  it("may send null for what it does not know", () => {
    const unknown = { subscription: null, customer: null, licence: null, reference: null, coupon: null };
    expect(onlyEvent(ownPurchaseCompleted(unknown))).not.toHaveProperty("licence");
  });

  it("may leave the totals to the lines, rebates among them", () => {
    const lines = [line, { quantity: 1, netMinor: -1000, taxMinor: -190 }];
    const event = onlyEvent(ownPurchaseCompleted({ lines, netMinor: undefined, taxMinor: undefined }));
    expect(event).toMatchObject({ netMinor: 9000, taxMinor: 1710 });
  });

  it.each([
    ["that the order names", { product: "acme-draw" }, "acme-draw"],
    ["that all lines name", { lines: [{ ...line, product: "acme-draw" }] }, "acme-draw"],
  ])("sold the product %s", (_, more, product) => {
    expect(onlyEvent(ownPurchaseCompleted(more))).toMatchObject({ product });
  });

  it("sold no single product where the lines name several", () => {
    const lines = ["acme-paint", "acme-draw"].map((product) => ({ ...line, product }));
    const event = onlyEvent(ownPurchaseCompleted({ lines, netMinor: 20000, taxMinor: 3800 }));
    expect(event).not.toHaveProperty("product");
  });

  it("loses no sale to what a buyer typed", () => {
    const typed = {
      reference: "not ours!",
      licence: "x".repeat(501),
      coupon: "a\u0000b",
      customer: { email: " " },
    };
    const event = onlyEvent(ownPurchaseCompleted(typed));
    expect(event).toMatchObject({ effect: "sale" });
    for (const absent of ["reference", "licence", "coupons", "email"])
      expect(event).not.toHaveProperty(absent);
  });

  it("may send events the receiver has no use for", () => {
    const event = { type: "newsletter.sent", anything: true };
    expect(read(event, "msg_5")).toEqual({ outcome: "ignored", eventId: "msg_5", type: "newsletter.sent" });
  });

  it.each([
    ["an unknown member", ownPurchaseCompleted({ partner: "north" })],
    ["an unknown member in a line", ownPurchaseCompleted({ lines: [{ ...line, sku: "1" }] })],
    ["an unknown member of the customer", ownPurchaseCompleted({ customer: { name: "A" } })],
    ["an unknown member beside the data", { ...ownPurchaseCompleted(), version: 2 }],
    [
      "a member named __proto__",
      JSON.stringify(ownPurchaseCompleted()).replace("{", '{"__proto__":{"a":1},'),
    ],
    ["no type", { ...ownPurchaseCompleted(), type: undefined }],
    ["a list around it", [ownPurchaseCompleted()]],
    ["totals that are not the sum of the lines", ownPurchaseCompleted({ netMinor: 9999 })],
    ["neither totals nor lines", ownPurchaseCompleted({ lines: undefined, taxMinor: undefined })],
    [
      "lines that sum up below zero",
      ownPurchaseCompleted({ lines: [{ ...line, netMinor: -1 }], netMinor: undefined }),
    ],
    [
      "totals too large to be exact",
      ownPurchaseCompleted({ lines: undefined, netMinor: 2 ** 53 - 1, taxMinor: 1 }),
    ],
    ["a fraction of a cent", ownPurchaseCompleted({ lines: undefined, netMinor: 0.5 })],
    ["an amount as text", ownPurchaseRefunded({ amountMinor: "11900" })],
    ["a refund of nothing", ownPurchaseRefunded({ amountMinor: 0 })],
    ["a negative refund", ownPurchaseRefunded({ amountMinor: -1 })],
    ["an order with a space", ownPurchaseCompleted({ order: "A 1" })],
    ["an order with a NUL", ownPurchaseCompleted({ order: "A\u0000" })],
    ["an empty order", ownPurchaseCompleted({ order: "" })],
    ["a time without a zone", ownPurchaseCompleted({ paidAt: "2025-11-19T14:13:10" })],
    ["a day that does not exist", ownPurchaseCompleted({ paidAt: "2025-02-30T14:13:10Z" })],
    ["a currency that is none", ownPurchaseCompleted({ currency: "€" })],
    [
      "two lines of one id",
      ownPurchaseCompleted({ lines: [{ ...line, line: "2" }, line], netMinor: 20000, taxMinor: 3800 }),
    ],
    ["a term that is none", ownPurchaseCompleted({ lines: [{ ...line, period: "1Y" }] })],
    ["more net than was refunded", ownPurchaseRefunded({ netMinor: 11901 })],
    ["a refund in a status that is none", ownPurchaseRefunded({ status: "maybe" })],
    ["a status that is none", ownPurchaseDisputed({ status: "pending" })],
  ])("is refused an event with %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });

  it("is told where the totals disagree", () => {
    expect(read(ownPurchaseCompleted({ netMinor: 9999 }))).toMatchObject({
      detail: "data.netMinor: totals and lines disagree, are missing, below zero or too large",
    });
  });

  it("cannot be made to say something else by splitting what was signed anew", () => {
    const signed = ownDelivery(ownPurchaseCompleted(), { id: `a.${deliveredAtSeconds}` });
    const headers = new Headers(signed.headers);
    headers.set("webhook-id", "a");
    const body = Buffer.concat([Buffer.from(`${deliveredAtSeconds}.`), signed.body]);
    expect(shop.read({ headers, body }, now)).toEqual({ outcome: "refused", because: "body_not_json" });
  });
});
