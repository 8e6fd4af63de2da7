import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { ShopSettings } from "../../../server/src/config/shop-config.ts";
import { reconcileOrders } from "../../../server/src/intake/reconcile-orders.ts";
import { type ReplayOrder, replayDeliveries } from "../../../server/src/intake/replay-deliveries.ts";
import { openShops } from "../../../server/src/shops/open-shops.ts";
import { addDays, isoTime } from "../../../server/src/words/clock.ts";
import { as } from "../../../server/src/words/ids.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { type Delivery, shopifySecret, stripeSecret } from "../../shops/deliveries.ts";
import { everyShop } from "../../shops/every-shop.ts";
import { shopifyOrderPaid } from "../../shops/shopify-fixtures.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";
import { wooOrderUpdated, wooSubscriptionCreated } from "../../shops/woocommerce-fixtures.ts";
import { type Journey, openJourney } from "../journey.ts";

const settings = new Map<ReturnType<typeof as.shop>, ShopSettings>([
  [as.shop("stripe"), { kind: "stripe", secrets: [stripeSecret] }],
  [as.shop("shopify"), { kind: "shopify", secrets: [shopifySecret] }],
]);

async function replay(journey: Journey, lines: unknown[], more: Partial<ReplayOrder> = {}) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  async function* given() {
    yield* text;
  }
  const order = {
    lines: given(),
    shops: openShops(settings),
    settings,
    trust: false,
    dryRun: false,
    ...more,
  };
  const told = [];
  for await (const { line, outcome, reason } of replayDeliveries(journey.deps, order))
    told.push([line, outcome, reason?.split(":")[0] ?? null]);
  return told;
}

const stored = (shop: string, { headers, body }: Delivery, more: object = {}) => ({
  shop,
  headers: Object.fromEntries(headers),
  body: Buffer.from(body).toString(),
  ...more,
});

onEveryEngine("stored deliveries", (bench) => {
  it("are taken by their signatures, at the time they first came in, and count once", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sent = addDays(journey.now, -3);
    const timestamp = Math.floor(sent / 1000);
    const stripe = everyShop.stripe.deliver(stripeCheckoutCompleted({ reference }), { timestamp });
    const shopify = everyShop.shopify.deliver(shopifyOrderPaid());
    const receivedAt = isoTime(sent);
    const bodyBase64 = Buffer.from(shopify.body).toString("base64");
    const lines = [
      stored("stripe", stripe),
      stored("stripe", stripe, { receivedAt }),
      stored("stripe", { ...stripe, body: Buffer.from("{}") }, { receivedAt }),
      "",
      { ...stored("shopify", shopify), body: undefined, bodyBase64 },
      { shop: "nobody", body: "{}" },
      { shop: "stripe", body: "{}", bodyBase64: "" },
      "{",
      { body: "{}" },
    ];
    const rehearsed = await replay(journey, lines, { dryRun: true });
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    const expected = [
      [1, "refused", "signature_invalid"],
      [2, "recorded", null],
      [3, "refused", "signature_invalid"],
      [5, "recorded", null],
      [6, "refused", "no shop of this name is configured"],
      [7, "refused", "line"],
      [8, "refused", "the line is not JSON"],
      [9, "refused", "it names no shop"],
    ];
    expect(rehearsed).toEqual(expected);
    expect(await replay(journey, lines)).toEqual(expected);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    const again = (await replay(journey, lines)).map(([, outcome]) => outcome);
    expect([again[1], again[3]]).toEqual(["duplicate", "duplicate"]);
    await journey.expectSoundLedger();
  });

  it("without their signatures are taken from a file that is trusted, and from no other", async () => {
    const journey = await openJourney(bench);
    const bare = { shop: "stripe", body: JSON.stringify(stripeCheckoutCompleted()) };
    const topic = { "x-shopify-topic": "orders/paid" };
    const lines = [bare, { headers: topic, body: JSON.stringify(shopifyOrderPaid()) }];
    const shop = { shop: "shopify" };
    const outcomes = (told: unknown[][]) => told.map(([, outcome]) => outcome);
    expect(outcomes(await replay(journey, lines, shop))).toEqual(["refused", "refused"]);
    const trusted = await replay(journey, lines, { ...shop, trust: true });
    expect(outcomes(trusted)).toEqual(["recorded", "recorded"]);
  });
});

/** A shop's REST API on loopback: pages of a hundred, and nothing without the key. */
async function openWooApi(orders: object[], subscriptions: object[] | undefined) {
  const asked: string[] = [];
  const api: { status: number; busy: number; afterPage?: () => void } = { status: 200, busy: 0 };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    asked.push(url.pathname + url.search);
    const all = url.pathname.endsWith("/orders") ? orders : subscriptions;
    const isTrash = url.searchParams.get("status") === "trash";
    const list = all?.filter((one) => ("status" in one && one.status === "trash") === isTrash);
    const authorized =
      request.headers.authorization === `Basic ${Buffer.from("ck_1:cs_1").toString("base64")}`;
    const status = authorized ? (list === undefined ? 404 : api.status) : 401;
    const at = Number(url.searchParams.get("offset"));
    const busy = status === 200 && api.busy-- > 0;
    response.writeHead(busy ? 429 : status, { location: "https://elsewhere.example/", "retry-after": "0" });
    response.end(JSON.stringify(list?.slice(at, at + 100) ?? {}));
    api.afterPage?.();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { api, set: (status: number) => (api.status = status), asked, url: `http://127.0.0.1:${port}` };
}

const wooSettings = (api: { url: string; key: string; secret: string }) => ({
  kind: "woocommerce" as const,
  secrets: [],
  api,
});

onEveryEngine("the orders of a WooCommerce shop", (bench) => {
  it("are read by its API where webhooks were lost, page by page, and count once", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const meta = { _wc_order_attribution_utm_content: reference };
    const known = wooOrderUpdated({ id: 1, meta });
    await journey.deliver("woocommerce", everyShop.woocommerce.deliver(known));
    const others = Array.from({ length: 118 }, (_, at) => wooOrderUpdated({ id: 10 + at, paidAt: null }));
    const lost = wooOrderUpdated({ id: 2, meta, refunds: [{ id: 3, total: "-59.50" }] });
    const broken = wooOrderUpdated({ id: 4, total: "much" });
    const shop = await openWooApi([known, ...others, lost, broken], [wooSubscriptionCreated({ parent: 2 })]);
    const order = {
      shop: "woocommerce",
      settings: wooSettings({ url: shop.url, key: "ck_1", secret: "cs_1" }),
      since: addDays(journey.now, -30),
      dryRun: true,
    };
    const sums = { orders: 131, subscriptions: 1, known: 1, ignored: 128, refused: 1, recorded: 2 };
    expect(await reconcileOrders(journey.deps, order)).toMatchObject({ ...sums, dryRun: true });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(await reconcileOrders(journey.deps, { ...order, dryRun: false })).toMatchObject(sums);
    expect(await journey.balance("north")).toEqual({ heldMinor: 3000, payableMinor: 0 });
    const again = await reconcileOrders(journey.deps, { ...order, dryRun: false });
    expect(again).toMatchObject({ ...sums, known: 3, recorded: 0 });
    expect(shop.asked[1]).toMatch(
      /^\/wp-json\/wc\/v3\/orders\?modified_after=2026-10-22.*&offset=90&status=any$/,
    );
    await journey.expectSoundLedger();
  });

  it("are all read though one is thrown away meanwhile and the API is asked too often, and those in the bin too", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const meta = { _wc_order_attribution_utm_content: reference };
    const binned = wooOrderUpdated({ id: 1, meta });
    await journey.deliver("woocommerce", everyShop.woocommerce.deliver(binned));
    const later = "2026-11-25T00:00:00";
    const inBin = { ...binned, status: "trash", date_modified_gmt: later };
    const unpaid = Array.from({ length: 100 }, (_, at) => wooOrderUpdated({ id: 10 + at, paidAt: null }));
    // The hundred-and-first, which moves onto the first page once one of that page is thrown away.
    const orders: object[] = [...unpaid, wooOrderUpdated({ id: 500, meta }), inBin];
    const shop = await openWooApi(orders, undefined);
    shop.api.busy = 2;
    shop.api.afterPage = () => {
      if (shop.asked.length === 3) orders.splice(0, 1);
    };
    const settings = wooSettings({ url: shop.url, key: "ck_1", secret: "cs_1" });
    const order = { shop: "woocommerce", settings, since: addDays(journey.now, -30), dryRun: false };
    expect(await reconcileOrders(journey.deps, order)).toMatchObject({ recorded: 2, refused: 0 });
    expect(await journey.explain("1", "woocommerce")).toMatchObject({ lostNetMinor: 10_000 });
    expect(await journey.explain("500", "woocommerce")).toMatchObject({
      outcome: "credited",
      lostNetMinor: 0,
    });
    await journey.expectSoundLedger();
  });

  it("are told apart from an API that gives no answer, and no secret is shown", async () => {
    const journey = await openJourney(bench);
    const shop = await openWooApi([wooOrderUpdated()], undefined);
    const order = { shop: "woocommerce", since: journey.now, dryRun: false };
    const api = { url: shop.url, key: "ck_1", secret: "cs_1" };
    expect(await reconcileOrders(journey.deps, { ...order, settings: wooSettings(api) })).toMatchObject({
      orders: 1,
      subscriptions: 0,
    });
    const wrong = reconcileOrders(journey.deps, {
      ...order,
      settings: wooSettings({ ...api, secret: "cs_wrong" }),
    });
    await expect(wrong).rejects.toThrow("the configured key may not read /wp-json/wc/v3/orders");
    await expect(wrong).rejects.not.toThrow("cs_wrong");
    shop.set(302);
    await expect(reconcileOrders(journey.deps, { ...order, settings: wooSettings(api) })).rejects.toThrow(
      "a redirect",
    );
    shop.set(500);
    await expect(reconcileOrders(journey.deps, { ...order, settings: wooSettings(api) })).rejects.toThrow(
      "answered 500",
    );
    const nowhere = { ...api, url: "http://127.0.0.1:1" };
    await expect(reconcileOrders(journey.deps, { ...order, settings: wooSettings(nowhere) })).rejects.toThrow(
      "ECONNREFUSED",
    );
  });
});
