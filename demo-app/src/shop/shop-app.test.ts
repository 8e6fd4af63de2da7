import type { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refundedOf } from "./order.ts";
import { createShop, type Shop } from "./shop.ts";
import { createShopApp } from "./shop-app.ts";
import { type ShopKind, shopKinds, voices } from "./voices/voices.ts";

const nowhere = "http://127.0.0.1:9";
const shopAddress = "http://127.0.0.1:8789";
const addresses = { receiver: nowhere, product: nowhere, shop: shopAddress };

const secrets = Object.fromEntries(shopKinds.map((kind) => [kind, voices[kind].newSecret()])) as Record<
  ShopKind,
  string
>;

let shop: Shop;
let app: Hono;
beforeEach(() => {
  shop = createShop(addresses, { webhooks: secrets, licence: "secret" });
  app = createShopApp(shop, addresses);
});
afterEach(() => shop.stop());

const form = { attempt: "a-1", plan: "one-year", name: "A. Painter", email: "painter@example.com" };
const post = (path: string, fields: Record<string, string>, origin = shopAddress) =>
  app.request(`${shopAddress}${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin },
  });
const paid = async () => {
  await post("/orders", form);
  const [order] = shop.orders.list();
  if (order === undefined) throw new Error("no order");
  return order;
};

describe("the store's pages", () => {
  test("take an order once, however often the button is pressed", async () => {
    const answers = await Promise.all([post("/orders", form), post("/orders", form)]);
    expect(new Set(answers.map((answer) => answer.headers.get("location"))).size).toBe(1);
    expect(shop.orders.list()).toMatchObject([{ netMinor: 4000, taxMinor: 800, name: "A. Painter" }]);
  });

  test.each([
    ["no name", { ...form, name: " " }],
    ["no address", { ...form, email: "painter" }],
    ["a plan that is not sold", { ...form, plan: "for-ever" }],
  ])("send a form back with %s", async (_, fields) => {
    const answer = await post("/orders", fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('role="alert"');
    expect(shop.orders.list()).toEqual([]);
  });

  test("carry the reference and the licence from the link into the order, and drop what is no reference", async () => {
    const page = await app.request(
      `${shopAddress}/checkout?client_reference_id=r-1_a&licence=L-1&prefilled_email=a@b.example`,
    );
    expect(await page.text()).toContain('name="reference" value="r-1_a"');
    await post("/orders", { ...form, reference: "r-1_a", licence: "L-1" });
    await post("/orders", { ...form, attempt: "a-2", reference: "<script>" });
    expect(shop.orders.list()).toMatchObject([
      { name: "A. Painter" },
      { reference: "r-1_a", licence: "L-1" },
    ]);
    expect(shop.orders.list()[0]).not.toHaveProperty("reference");
  });

  test("write what a customer typed as text, not as markup", async () => {
    await post("/orders", { ...form, name: '"><img src=x onerror=alert(1)>' });
    const page = await (await app.request(`${shopAddress}/orders`)).text();
    expect(page).not.toContain("<img src=x");
    expect(page).toContain("&lt;img src=x");
  });

  test("give back a part, then the rest, and never more", async () => {
    const order = await paid();
    expect((await post(`/orders/${order.id}/refunds`, { amount: "12,50", how: "part" })).status).toBe(303);
    expect(refundedOf(order)).toBe(1250);
    expect((await post(`/orders/${order.id}/refunds`, { amount: "48", how: "part" })).status).toBe(422);
    expect((await post(`/orders/${order.id}/refunds`, { amount: "much", how: "part" })).status).toBe(422);
    expect((await post(`/orders/${order.id}/refunds`, { amount: "0", how: "part" })).status).toBe(422);
    expect((await post(`/orders/${order.id}/refunds`, { how: "all" })).status).toBe(303);
    expect(refundedOf(order)).toBe(4800);
    const types = shop.deliveriesOf(order).map(({ type }) => type);
    expect(types).toEqual(["checkout.session.completed", "charge.refunded", "charge.refunded"]);
  });

  test("sell a cart as one order, or as one for each article where the shop sells one at a time", async () => {
    await post("/orders", { ...form, brushPacks: "2" });
    const [order] = shop.orders.list();
    expect(order).toMatchObject({
      netMinor: 5800,
      taxMinor: 1160,
      lines: [{ quantity: 1 }, { quantity: 2 }],
    });
    await post("/orders", { ...form, attempt: "a-2", shop: "gumroad", brushPacks: "2" });
    expect(shop.orders.list().map(({ netMinor }) => netMinor)).toEqual([1800, 4000, 5800]);
    const page = await (await app.request(`${shopAddress}/orders/${order?.id}/receipt`)).text();
    expect(page).toContain("2 × brush pack");
  });

  test("give back one line, once, and take it for kept again when the bank sends it back", async () => {
    await post("/orders", { ...form, shop: "woocommerce", brushPacks: "2" });
    const [order] = shop.orders.list();
    if (order === undefined) throw new Error("no order");
    const refunds = `/orders/${order.id}/refunds`;
    expect((await post(refunds, { line: "2" })).status).toBe(303);
    expect((await post(refunds, { line: "2" })).status).toBe(422);
    expect((await post(refunds, { line: "7" })).status).toBe(422);
    expect(refundedOf(order)).toBe(2160);
    const failed = `${refunds}/${order.refunds[0]?.id}/failed`;
    expect((await post(failed, {})).status).toBe(303);
    expect((await post(failed, {})).status).toBe(303);
    expect(refundedOf(order)).toBe(0);
    const types = shop.deliveriesOf(order).map(({ type }) => type);
    expect(types).toEqual(["order.created", "order.updated", "order.updated"]);
  });

  test("answer no form of another site and no other host name", async () => {
    expect((await post("/orders", form, "https://evil.example")).status).toBe(403);
    expect((await app.request("http://evil.example/orders")).status).toBe(421);
    expect((await app.request(`${shopAddress}/orders/cs_test_unknown`)).status).toBe(404);
  });
});
