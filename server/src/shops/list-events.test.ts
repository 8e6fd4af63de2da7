import { afterEach, describe, expect, it } from "vitest";
import {
  asked,
  closeApis,
  eventsOf,
  listed,
  listedUntil as now,
  listedSince as since,
} from "../../../test/shops/listed.ts";
import { paddleEvent, paddleTransactionCompleted } from "../../../test/shops/paddle-fixtures.ts";
import {
  shopifyDispute,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../../../test/shops/shopify-fixtures.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../../../test/shops/stripe-fixtures.ts";
import { instant } from "../words/clock.ts";
import { listingOf } from "./list-orders.ts";

const secrets: string[] = [];

afterEach(closeApis);

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
    const first = decodeURIComponent(asked()[0]?.path ?? "");
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
    expect(asked().map((one) => one.host)).toEqual([host, host]);
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
    expect(decodeURIComponent(asked()[0]?.path ?? "")).toContain("updated_at_min=2025-11-19T00:00:00.000Z");
  });

  it("is read by a token that the app is granted, where none is configured", async () => {
    const app = { ...settings, secrets: ["the-client-secret"], api: { url: api.url, clientId: "app-1" } };
    const all = await listed(app, ({ path, authorization, form }) => {
      if (path === "/admin/oauth/access_token")
        return form === "grant_type=client_credentials&client_id=app-1&client_secret=the-client-secret"
          ? { body: { access_token: "granted", expires_in: 86_399 } }
          : { status: 400, body: {} };
      if (authorization !== "granted") return { status: 401, body: {} };
      return { body: path.includes("/disputes.json") ? { disputes: [] } : { orders: [order(1)] } };
    });
    expect(eventsOf(all)).toMatchObject([{ effect: "sale", order: "1" }]);
    await closeApis();
    const refused = listed({ ...app, secrets: ["another"] }, () => ({ status: 400, body: {} }));
    await expect(refused).rejects.toThrow("it grants the app no token");
  });

  it("is read without disputes where the shop has none", async () => {
    const answer = ({ path }: { path: string }) =>
      path.includes("/disputes.json") ? { status: 404, body: {} } : { body: { orders: [order(1)] } };
    expect(await listed(settings, answer)).toHaveLength(1);
    await closeApis();
    await expect(listed(settings, () => ({ status: 403, body: {} }))).rejects.toThrow("may not read");
  });
});
