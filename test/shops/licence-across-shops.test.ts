import { afterAll, beforeAll, expect, it } from "vitest";
import type { ShopKind } from "../../server/src/config/shop-config.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { openJourney } from "../journey/journey.ts";
import { secretName } from "../journey/receiver-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { chargebeePaymentRefunded, chargebeePaymentSucceeded } from "./chargebee-fixtures.ts";
import { everyKind, everyShop } from "./every-shop.ts";
import { fastspringBatch, fastspringOrderCompleted, fastspringReturnCreated } from "./fastspring-fixtures.ts";
import { openGumroadApi } from "./gumroad-api.ts";
import { gumroadPing } from "./gumroad-fixtures.ts";
import { lemonOrderCreated, lemonOrderRefunded } from "./lemon-squeezy-fixtures.ts";
import { ownPurchaseCompleted, ownPurchaseRefunded } from "./own-shop-fixtures.ts";
import { paddleAdjustment, paddleTransactionCompleted } from "./paddle-fixtures.ts";
import { polarOrderPaid, polarRefundUpdated } from "./polar-fixtures.ts";
import { shopifyOrderPaid, shopifyRefundCreated } from "./shopify-fixtures.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "./stripe-fixtures.ts";
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

/** What is told when half of each goes back. */
const halfBack: Record<ShopKind, (licence: string) => unknown> = {
  stripe: () => stripeChargeRefunded({ eventId: "evt_back", refundedMinor: 5950 }),
  paddle: () =>
    paddleAdjustment({ eventId: "evt_back", transaction: "txn_1", totalMinor: 5950, subtotalMinor: 5000 }),
  fastspring: () => fastspringBatch(fastspringReturnCreated({ eventId: "fs_back", total: 59.5, tax: 9.5 })),
  "lemon-squeezy": () => lemonOrderRefunded({ id: "7", refundedMinor: 5950, status: "partial_refund" }),
  polar: () => polarRefundUpdated({ order: "o-1", amountMinor: 5000, taxMinor: 950 }),
  shopify: () => shopifyRefundCreated({ order: 77, amount: "59.50" }),
  woocommerce: (licence) =>
    wooOrderUpdated({
      ...{ meta: { licence }, status: "completed", refunds: [{ id: 801, total: "-59.50" }] },
      more: { date_modified_gmt: "2025-11-21T14:13:10" },
    }),
  chargebee: () => chargebeePaymentRefunded({ eventId: "ev_back", amountMinor: 5950 }),
  gumroad: () => gumroadPing({ id: "sale-1", resource: "refund" }),
  "standard-webhooks": () => ownPurchaseRefunded({ order: "A-2", amountMinor: 5950 }),
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
    const names = ["licence_shared", "reference_shared", "claim_late", "claims_burst", "licence_unsold"];
    const suspicions = Object.fromEntries(names.map((name) => [name, "off"]));
    const journey = await openJourney(bench, { shops, trust: { suspicions } });
    const { token } = await journey.partnerWithToken("north", { percent: 10 });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const timestamp = Math.floor(journey.now / 1000);
    let sent = 0;
    const tell = async (shop: string, kind: ShopKind, payload: unknown) => {
      const delivery = everyShop[kind].deliver(payload, { timestamp, id: `msg_${++sent}` });
      expect(await journey.deliver(shop, delivery)).toMatchObject({ code: 200 });
    };
    return { journey, reference, token, tell };
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

  it("credit what is left of a sale that came after its refund, once its copy is registered", async () => {
    const { journey, token, tell } = await open();
    api.sales.delete("sale-1");
    api.tell({ id: "sale-1", partially_refunded: true, amount_refundable_in_currency: "50" });
    const ends: unknown[] = [];
    for (const kind of everyKind) {
      const licence = `COPY-OF-${kind.toUpperCase()}-0001`;
      const { order, payload } = bought[kind](licence);
      await tell(kind, kind, halfBack[kind](licence));
      await tell(kind, kind, payload);
      const before = await explainOrder(journey.deps, kind, order);
      await journey.register(licence.replaceAll("-", " "), token);
      const { outcome, credits } = await explainOrder(journey.deps, kind, order);
      ends.push([kind, before.outcome, outcome, credits.map(({ remainingMinor }) => remainingMinor)]);
    }
    expect(ends).toEqual(everyKind.map((kind) => [kind, "unattributed", "credited", [500]]));
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
