import { afterEach, describe, expect, it } from "vitest";
import { chargebeeEvent, chargebeePaymentSucceeded } from "../../../test/shops/chargebee-fixtures.ts";
import { gumroadSale } from "../../../test/shops/gumroad-fixtures.ts";
import { lemonOrderCreated, lemonSubscriptionCreated } from "../../../test/shops/lemon-squeezy-fixtures.ts";
import { paddleEvent, paddleTransactionCompleted } from "../../../test/shops/paddle-fixtures.ts";
import { polarOrderPaid, polarRefundUpdated } from "../../../test/shops/polar-fixtures.ts";
import { type AnswerOfApi, openShopApis } from "../../../test/shops/shop-apis.ts";
import {
  shopifyDispute,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../../../test/shops/shopify-fixtures.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../../../test/shops/stripe-fixtures.ts";
import type { ShopSettings } from "../config/shop-config.ts";
import { instant } from "../words/clock.ts";
import { listingOf } from "./list-orders.ts";

const since = instant(Date.parse("2025-11-19T00:00:00Z"));
const now = instant(Date.parse("2025-11-26T00:00:00Z"));
const secrets: string[] = [];

let apis: ReturnType<typeof openShopApis> | undefined;
afterEach(async () => {
  await apis?.close();
  apis = undefined;
});

const hosts = [
  "https://api.polar.sh",
  "https://api.lemonsqueezy.com",
  "https://api.gumroad.com",
  "https://acme.chargebee.com",
  "https://api.stripe.com",
  "https://api.paddle.com",
  "https://sandbox-api.paddle.com",
  "https://acme.myshopify.com",
];

async function listed(settings: ShopSettings, answer: AnswerOfApi) {
  apis = openShopApis(hosts, answer);
  const all = [];
  for await (const one of listingOf(settings)?.({ since, now }) ?? []) all.push(one);
  return all;
}

const eventsOf = (all: Awaited<ReturnType<typeof listed>>) =>
  all.flatMap(({ reading }) => (reading.outcome === "events" ? reading.events : []));

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

  it("is waited for where it was asked too often, and never shown with its token", async () => {
    let often = 2;
    await listed(settings, () =>
      often-- > 0 ? { status: 429, body: {}, retryAfter: "0" } : { body: { items: [] } },
    );
    expect(apis?.asked).toHaveLength(4);
    await apis?.close();
    for (const status of [401, 500, 302, 429]) {
      const failing = listed(settings, () => ({ status, body: {}, retryAfter: "0" }));
      await expect(failing).rejects.toThrow(/^api\.polar\.sh answered/);
      await apis?.close();
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
    expect(lives).toEqual([true, false, true, true, true]);
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
    expect(decodeURIComponent(apis?.asked[0]?.path ?? "")).toContain(
      `occurred_at[after]=${since / 1000 - 1}`,
    );
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
      { effect: "refund", whole: true, target: ["3"], eventId: "refund:3:whole" },
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
    expect(apis?.asked[0]?.path).toBe("/v2/sales?after=2025-07-22");
  });
});

describe("Stripe's API", () => {
  const settings = { kind: "stripe" as const, secrets, api: { token: "rk_live_1" } };
  const line = {
    id: "li_1",
    amount_total: 11_900,
    amount_subtotal: 10_000,
    amount_tax: 1900,
    quantity: 1,
    price: { id: "price_1", product: "prod_1" },
  };

  it("tells the very events of its webhooks, page by page, and the lines of a session", async () => {
    const sold = stripeCheckoutCompleted({ id: "cs_1" }) as { id: string };
    const refund = stripeChargeRefunded({ id: "ch_1", refundedMinor: 1000 });
    const all = await listed(settings, ({ path, authorization }) => {
      if (authorization !== "Bearer rk_live_1") return { status: 401, body: {} };
      if (path.startsWith("/v1/checkout/sessions/cs_1/line_items?"))
        return { body: { data: [line], has_more: false } };
      return path.includes(`starting_after=${sold.id}`)
        ? { body: { data: [refund], has_more: false } }
        : { body: { data: [sold], has_more: true } };
    });
    expect(eventsOf(all)).toMatchObject([
      { effect: "sale", order: "cs_1", eventId: sold.id, lines: [{ line: "li_1", netMinor: 10_000 }] },
      { effect: "refund", cumulative: true },
    ]);
    const first = decodeURIComponent(apis?.asked[0]?.path ?? "");
    expect(first).toContain(`created[gte]=${since / 1000}`);
    expect(first).toContain("types[]=invoice.paid");
  });

  it("is not asked for what it has forgotten", async () => {
    const long = listingOf(settings)?.({ since: instant(since - 40 * 86_400_000), now });
    await expect(long?.next()).rejects.toThrow("Stripe tells its events for 30 days");
  });
});

describe("Paddle's API", () => {
  it.each([
    ["pdl_live_apikey_1", "https://api.paddle.com"],
    ["pdl_sdbx_apikey_1", "https://sandbox-api.paddle.com"],
  ])("tells the very events of its webhooks until they are older (%s)", async (token, host) => {
    const settings = { kind: "paddle" as const, secrets, api: { token } };
    const at = { occurredAt: "2025-11-25T00:00:00.000Z" };
    const sold = paddleTransactionCompleted({ id: "txn_1" });
    const other = paddleEvent("customer.updated", {}, { eventId: "evt_2", ...at });
    const old = paddleEvent(
      "transaction.completed",
      {},
      { eventId: "evt_0", occurredAt: "2025-11-01T00:00:00Z" },
    );
    const all = await listed(settings, ({ path, authorization }) => {
      if (authorization !== `Bearer ${token}`) return { status: 403, body: {} };
      const data = path.includes("after=evt_2") ? [old] : [{ ...sold, occurred_at: at.occurredAt }, other];
      return { body: { data, meta: { pagination: { has_more: true } } } };
    });
    expect(eventsOf(all)).toMatchObject([{ effect: "sale", order: "txn_1" }]);
    expect(all).toHaveLength(1);
    expect(apis?.asked.map((one) => one.host)).toEqual([host, host]);
  });
});

describe("Shopify's API", () => {
  const api = { url: "https://acme.myshopify.com", token: "shpat_1" };
  const settings = { kind: "shopify" as const, secrets, api };
  const order = (id: number, more: object = {}) => ({
    ...shopifyOrderPaid({ id }),
    updated_at: "2025-11-20T10:00:00+01:00",
    ...more,
  });

  it("tells orders with their refunds, page by page, and disputes", async () => {
    const refund = shopifyRefundCreated();
    const dispute = { ...shopifyDispute({ order: 7 }), initiated_at: "2025-11-20T10:00:00Z" };
    const old = { ...dispute, id: 1, initiated_at: "2025-05-20T10:00:00Z" };
    const all = await listed(settings, ({ path, authorization }) => {
      if (authorization !== "shpat_1") return { status: 401, body: {} };
      if (path.includes("/disputes.json")) return { body: { disputes: [dispute, old] } };
      if (path.includes("page_info=p2"))
        return {
          body: { orders: [order(2, { refunds: [refund] }), order(3, { financial_status: "pending" })] },
        };
      const link = `<${api.url}/admin/api/x/orders.json?limit=250&page_info=p2>; rel="next"`;
      return { body: { orders: [order(1)] }, link };
    });
    expect(eventsOf(all)).toMatchObject([
      { effect: "sale", order: "1", eventId: `api-order-1@${Date.parse("2025-11-20T09:00:00Z")}` },
      { effect: "sale", order: "2" },
      { effect: "refund", target: ["2"] },
      { effect: "dispute_opened", target: ["7"] },
    ]);
    expect(all.map(({ reading }) => reading.outcome)).toEqual([
      "events",
      "events",
      "events",
      "ignored",
      "events",
    ]);
    expect(decodeURIComponent(apis?.asked[0]?.path ?? "")).toContain(
      "updated_at_min=2025-11-19T00:00:00.000Z",
    );
  });

  it("is read without disputes where the shop has none", async () => {
    const answer = ({ path }: { path: string }) =>
      path.includes("/disputes.json") ? { status: 404, body: {} } : { body: { orders: [order(1)] } };
    expect(await listed(settings, answer)).toHaveLength(1);
    await apis?.close();
    await expect(listed(settings, () => ({ status: 403, body: {} }))).rejects.toThrow("may not read");
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
