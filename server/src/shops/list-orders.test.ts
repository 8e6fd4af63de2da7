import { afterEach, describe, expect, it } from "vitest";
import { chargebeeEvent, chargebeePaymentSucceeded } from "../../../test/shops/chargebee-fixtures.ts";
import { gumroadSale } from "../../../test/shops/gumroad-fixtures.ts";
import { lemonOrderCreated, lemonSubscriptionCreated } from "../../../test/shops/lemon-squeezy-fixtures.ts";
import {
  asked,
  closeApis,
  eventsOf,
  listed,
  listedUntil as now,
  listedSince as since,
} from "../../../test/shops/listed.ts";
import { polarOrderPaid, polarRefundUpdated } from "../../../test/shops/polar-fixtures.ts";
import { listingOf } from "./list-orders.ts";

const secrets: string[] = [];

afterEach(closeApis);

const dataOf = (event: Record<string, unknown>) => event.data as Record<string, unknown>;
const page = (path: string, name: string) => Number(new URLSearchParams(path.split("?")[1]).get(name));

describe("Polar's API", () => {
  const settings = { kind: "polar" as const, secrets, api: { token: "polar_oat_1" } };
  const order = (id: string, more: object = {}) => ({ ...dataOf(polarOrderPaid({ id })), ...more });
  const refund = (id: string, more: object = {}) => ({ ...dataOf(polarRefundUpdated({ id })), ...more });

  it("is read page by page until nothing can have changed since, orders as sales and refunds as movements", async () => {
    const first = Array.from({ length: 100 }, (_, at) => order(`o_${at}`));
    const second = [
      order("unpaid", { status: "pending" }),
      order("paid-late", { created_at: "2025-11-01T00:00:00Z", modified_at: "2025-11-20T00:00:00Z" }),
      order("before", { created_at: "2025-11-01T00:00:00Z", modified_at: null }),
      order("long-ago", { created_at: "2025-01-01T00:00:00Z", modified_at: "2025-11-20T00:00:00Z" }),
    ];
    const refunds = [refund("r_1"), refund("r_2", { status: "failed", modified_at: "2025-11-23T00:00:00Z" })];
    const all = await listed(settings, ({ path, authorization }) => {
      if (authorization !== "Bearer polar_oat_1") return { status: 401, body: {} };
      if (path.startsWith("/v1/refunds/")) return { body: { items: refunds } };
      return { body: { items: page(path, "page") === 1 ? first : second } };
    });
    expect(all).toHaveLength(104);
    const told = eventsOf(all);
    expect(told.filter(({ effect }) => effect === "sale")).toHaveLength(101);
    expect(told.slice(-2)).toMatchObject([
      {
        effect: "refund",
        movement: "r_1",
        status: "done",
        occurredAt: Date.parse("2025-11-20T14:13:05.123Z"),
      },
      { effect: "refund", movement: "r_2", status: "failed", occurredAt: Date.parse("2025-11-23T00:00:00Z") },
    ]);
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
  });

  it("tells what is refunded of an order by now, once each time it changed", async () => {
    const refunded = { status: "partially_refunded", refunded_amount: 3000, refunded_tax_amount: 570 };
    const all = await listed(settings, ({ path }) => ({
      body: {
        items: path.startsWith("/v1/orders/")
          ? [order("o_1", { ...refunded, modified_at: "2025-11-22T00:00:00Z" })]
          : [],
      },
    }));
    const changed = Date.parse("2025-11-22T00:00:00Z");
    expect(eventsOf(all)).toMatchObject([
      { effect: "sale", order: "o_1" },
      {
        effect: "refund",
        cumulative: true,
        netMinor: 3000,
        objectId: `o_1:3570:${changed}`,
        occurredAt: now,
      },
    ]);
  });

  it("is waited for where it was asked too often, and never shown with its token", async () => {
    let often = 2;
    await listed(settings, () =>
      often-- > 0 ? { status: 429, body: {}, retryAfter: "0" } : { body: { items: [] } },
    );
    expect(asked()).toHaveLength(4);
    await closeApis();
    for (const status of [401, 500, 302, 429]) {
      const failing = listed(settings, () => ({ status, body: {}, retryAfter: "0" }));
      await expect(failing).rejects.toThrow(/^api\.polar\.sh answered/);
      await closeApis();
    }
    await expect(listed(settings, () => ({ body: { items: 5 } }))).rejects.toThrow("sent no list");
  });
});

describe("Lemon Squeezy's API", () => {
  const settings = { kind: "lemon-squeezy" as const, secrets, api: { token: "lemon-key" } };
  const order = (id: string, more: object = {}) => {
    const { attributes } = dataOf(lemonOrderCreated({ id })) as { attributes: object };
    return { type: "orders", id, attributes: { ...attributes, ...more } };
  };

  it("tells sales, what was refunded of old ones too, and which subscription an order began", async () => {
    const orders = [
      order("fresh", { created_at: "2025-11-25T23:30:00.000000Z" }),
      order("1"),
      order("2", { test_mode: true }),
      order("3", {
        created_at: "2025-10-01T00:00:00.000000Z",
        updated_at: "2025-11-20T00:00:00.000000Z",
        status: "partial_refund",
        refunded_amount: 500,
      }),
      order("4", { created_at: "2025-10-01T00:00:00.000000Z", updated_at: "2025-10-01T00:00:00.000000Z" }),
    ];
    const subscription = dataOf(lemonSubscriptionCreated({ id: "31", order: 1 }));
    const all = await listed(settings, ({ path }) => {
      if (path.startsWith("/v1/orders?")) return { body: { data: orders } };
      return { body: { data: path.startsWith("/v1/subscriptions?") ? [subscription] : [] } };
    });
    expect(eventsOf(all)).toMatchObject([
      { effect: "sale", order: "1" },
      { effect: "sale", order: "2" },
      { effect: "sale", order: "3" },
      { effect: "refund", amountMinor: 500, target: ["3"], occurredAt: Date.parse("2025-11-20T00:00:00Z") },
      { effect: "sale", order: "1", subscription: "31" },
    ]);
    const lives = all.map(({ reading }) => reading.outcome === "events" && reading.live);
    expect(lives).toEqual([true, false, true, true]);
  });
});

describe("Chargebee's API", () => {
  it("tells the very events of its webhooks, page by page", async () => {
    const api = { url: "https://acme.chargebee.com", key: "live_key" };
    const settings = { kind: "chargebee" as const, secrets, user: "tallystick", api };
    const all = await listed(settings, ({ path, authorization }) => {
      if (authorization !== `Basic ${Buffer.from("live_key:").toString("base64")}`)
        return { status: 401, body: {} };
      if (!path.includes("offset="))
        return { body: { list: [{ event: chargebeePaymentSucceeded() }], next_offset: "2" } };
      return { body: { list: [{ event: chargebeeEvent("payment_refunded", {}) }] } };
    });
    expect(all).toMatchObject([
      { resource: "events", reading: { outcome: "events", events: [{ effect: "sale", order: "INV-1042" }] } },
      { resource: "events", reading: { outcome: "refused" } },
    ]);
    expect(decodeURIComponent(asked()[0]?.path ?? "")).toContain(`occurred_at[after]=${since / 1000 - 1}`);
  });
});

describe("Gumroad's API", () => {
  it("tells sales, refunds and disputes, and leaves gifts and preorders to pings", async () => {
    const settings = { kind: "gumroad" as const, secrets, apiToken: "gumroad-token" };
    const old = { created_at: "2025-10-01T00:00:00Z" };
    const sales = [
      gumroadSale({ id: "fresh", created_at: "2025-11-25T23:30:00Z" }),
      gumroadSale({ id: "1", recurring_charge: true, subscription_id: "s", offer_code: { code: "FLAT" } }),
      gumroadSale({ id: "2", ...old }),
      gumroadSale({ id: "3", ...old, refunded: true }),
      gumroadSale({ id: "4", disputed: true, chargedback: true }),
      gumroadSale({ id: "5", is_gift_sender_purchase: true }),
      gumroadSale({ id: "6", is_preorder_authorization: true }),
      { id: "7" },
    ];
    const all = await listed(settings, ({ path }) =>
      path.includes("page_key=")
        ? { body: { success: true, sales: [gumroadSale({ id: "8", free_trial_ends_on: "Dec 1" })] } }
        : { body: { success: true, sales, next_page_key: "k" } },
    );
    expect(eventsOf(all)).toMatchObject([
      {
        effect: "sale",
        order: "1",
        cycle: "renewal",
        subscription: "s",
        coupons: ["FLAT"],
        netMinor: 10_000,
      },
      { effect: "sale", order: "3", lines: [{ netMinor: 10_000, articles: [expect.any(String), "XCBbJ"] }] },
      { effect: "refund", whole: true, target: ["3"], eventId: `refund:3:whole@${now}` },
      { effect: "sale", order: "4" },
      { effect: "dispute_opened", target: ["4"], eventId: "dispute:4" },
      { effect: "sale", order: "8", netMinor: 0, amounts: "part" },
    ]);
    expect(all.map(({ reading }) => reading.outcome)).toEqual([
      "events",
      "events",
      "events",
      "ignored",
      "ignored",
      "refused",
      "events",
    ]);
    expect(asked()[0]?.path).toBe("/v2/sales?after=2025-07-22");
  });
});

describe("a shop without an API in the configuration", () => {
  it.each([
    { kind: "polar" as const, secrets },
    { kind: "fastspring" as const, secrets },
    { kind: "standard-webhooks" as const, secrets },
  ])("of kind $kind is not listed", (settings) => {
    expect(listingOf(settings)).toBeUndefined();
  });
});
