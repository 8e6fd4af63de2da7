import { afterAll, beforeAll, expect, it } from "vitest";
import type { ShopKind } from "../../server/src/config/shop-config.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { openJourney } from "../journey/journey.ts";
import { secretName } from "../journey/receiver-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { chargebeePaymentSucceeded } from "./chargebee-fixtures.ts";
import { everyKind, everyShop } from "./every-shop.ts";
import { fastspringBatch, fastspringOrderCompleted } from "./fastspring-fixtures.ts";
import { openGumroadApi } from "./gumroad-api.ts";
import { gumroadPing } from "./gumroad-fixtures.ts";
import { lemonOrderCreated } from "./lemon-squeezy-fixtures.ts";
import { ownPurchaseCompleted, ownPurchaseRefunded } from "./own-shop-fixtures.ts";
import { paddleTransactionCompleted } from "./paddle-fixtures.ts";
import { polarOrderPaid } from "./polar-fixtures.ts";
import { shopifyOrderPaid } from "./shopify-fixtures.ts";
import { stripeCheckoutCompleted } from "./stripe-fixtures.ts";
import { wooOrderUpdated } from "./woocommerce-fixtures.ts";

let api: ReturnType<typeof openGumroadApi>;
beforeAll(() => {
  api = openGumroadApi();
});
afterAll(() => api.close());

/** A sale of 100.00 at each shop that carries a licence and no reference, with the name of its order. */
const bought: Record<ShopKind, (licence: string) => { order: string; payload: unknown }> = {
  stripe: (licence) => ({
    order: "cs_1",
    payload: stripeCheckoutCompleted({ id: "cs_1", metadata: { licence } }),
  }),
  paddle: (licence) => ({
    order: "txn_1",
    payload: paddleTransactionCompleted({ id: "txn_1", customData: { licence } }),
  }),
  fastspring: (licence) => ({
    order: "ACM251119-7891-01112",
    payload: fastspringBatch(fastspringOrderCompleted({ tags: { licence } })),
  }),
  "lemon-squeezy": (licence) => ({
    order: "7",
    payload: lemonOrderCreated({ id: "7", customData: { licence } }),
  }),
  polar: (licence) => ({ order: "o-1", payload: polarOrderPaid({ id: "o-1", metadata: { licence } }) }),
  shopify: (licence) => ({ order: "77", payload: shopifyOrderPaid({ id: 77, attributes: { licence } }) }),
  woocommerce: (licence) => ({ order: "727", payload: wooOrderUpdated({ meta: { licence } }) }),
  chargebee: (licence) => ({
    order: "INV-1042",
    payload: chargebeePaymentSucceeded({ fields: { cf_licence: licence } }),
  }),
  gumroad: (licence) => ({ order: "sale-1", payload: gumroadPing({ id: "sale-1", params: { licence } }) }),
  "standard-webhooks": (licence) => ({
    order: "A-2",
    payload: ownPurchaseCompleted({ order: "A-2", licence, reference: null, coupon: null }),
  }),
};

onEveryEngine("several shops of one vendor", (bench) => {
  const shopOf = (kind: ShopKind) => ({
    kind,
    secrets: [{ env: secretName(kind) }],
    ...everyShop[kind].configured,
  });
  const open = async () => {
    const shops = {
      ...Object.fromEntries(everyKind.map((kind) => [kind, shopOf(kind)])),
      other: shopOf("standard-webhooks"),
    };
    const suspicions = { licence_shared: "off", reference_shared: "off" };
    const journey = await openJourney(bench, { shops, trust: { suspicions } });
    const { token } = await journey.partnerWithToken("north", { percent: 10 });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const timestamp = Math.floor(journey.now / 1000);
    let sent = 0;
    const tell = async (shop: string, kind: ShopKind, payload: unknown) => {
      const delivery = everyShop[kind].deliver(payload, { timestamp, id: `msg_${++sent}` });
      expect(await journey.deliver(shop, delivery)).toMatchObject({ code: 200 });
    };
    return { journey, reference, tell };
  };

  it("credit a licence to whoever sold it, at whichever of them it is bought next and however it is typed", async () => {
    const { journey, reference, tell } = await open();
    const paidAt = "2025-10-01T00:00:00Z";
    const first = { order: "A-1", cycle: "new", licence: "AAAA-4711-BBBB", coupon: null, reference, paidAt };
    await tell("standard-webhooks", "standard-webhooks", ownPurchaseCompleted(first));
    api.tell({ id: "sale-1" });
    const ends: unknown[] = [];
    for (const kind of everyKind) {
      const { order, payload } = bought[kind](" aaaa 4711 bbbb");
      await tell(kind, kind, payload);
      const { outcome, credits } = await explainOrder(journey.deps, kind, order);
      ends.push([kind, outcome, credits.map(({ partner, amountMinor }) => [partner, amountMinor])]);
    }
    expect(ends).toEqual(everyKind.map((kind) => [kind, "credited", [["north", 1000]]]));
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true, failures: [] });
  });

  it("have orders of one number each, and money that goes back at one of them is that one's", async () => {
    const { journey, reference, tell } = await open();
    const sale = { order: "A-1", cycle: "new", licence: null, coupon: null, reference };
    for (const shop of ["standard-webhooks", "other"])
      await tell(shop, "standard-webhooks", ownPurchaseCompleted(sale));
    await tell("other", "standard-webhooks", ownPurchaseRefunded({ order: "A-1" }));
    const left = async (shop: string) =>
      (await explainOrder(journey.deps, shop, "A-1")).credits.map(({ remainingMinor }) => remainingMinor);
    expect(await left("standard-webhooks")).toEqual([1000]);
    expect(await left("other")).toEqual([0]);
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true, failures: [] });
  });
});
