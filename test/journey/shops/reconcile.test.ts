import { expect, it } from "vitest";
import type { ShopKind, ShopSettings } from "../../../server/src/config/shop-config.ts";
import { reconcileOrders } from "../../../server/src/intake/reconcile-orders.ts";
import { addDays, isoTime } from "../../../server/src/words/clock.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyShop } from "../../shops/every-shop.ts";
import { paddleTransactionCompleted } from "../../shops/paddle-fixtures.ts";
import { polarOrderPaid, polarRefundUpdated } from "../../shops/polar-fixtures.ts";
import { openShopApis } from "../../shops/shop-apis.ts";
import { shopifyOrderPaid } from "../../shops/shopify-fixtures.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";
import { openJourney } from "../journey.ts";

type Sold = (sale: { id: string; reference: string; seconds: number }) => unknown;

const settings = { kind: "polar" as const, secrets: [], api: { token: "polar_oat_1" } };

onEveryEngine("a week of lost webhooks", (bench) => {
  it("is mended by one command, which begins where it ended and may be repeated", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const metadata = { reference_id: reference };
    const at = isoTime(journey.now);
    const order = (id: string, created_at = at) =>
      polarOrderPaid({ id, metadata, more: { created_at, checkout_id: null } });
    const known = order("known");
    await journey.deliver("polar", everyShop.polar.deliver(known, { timestamp: journey.now / 1000 }));
    const orders = [order("lost").data, known.data];
    const refund = polarRefundUpdated({ id: "r_1", order: "known", amountMinor: 5000, taxMinor: 950 }).data;
    const refunds = [{ ...(refund as object), created_at: at }];
    const api = openShopApis(["https://api.polar.sh"], ({ path }) => ({
      body: { items: path.startsWith("/v1/orders/") ? orders : refunds },
    }));
    try {
      const reconcile = (more: object = {}) =>
        reconcileOrders(journey.deps, { shop: "polar", settings, dryRun: false, ...more });
      await expect(reconcile()).rejects.toThrow("polar was never read");
      const since = addDays(journey.now, -7);
      const sums = { read: { orders: 2, refunds: 1 }, orders: 2, recorded: 2, known: 1, refused: 0 };
      expect(await reconcile({ since, dryRun: true })).toMatchObject(sums);
      // A dry run is not remembered.
      await expect(reconcile()).rejects.toThrow("polar was never read");
      expect(await reconcile({ since })).toMatchObject(sums);
      expect(await journey.balance("north")).toEqual({ heldMinor: 3000, payableMinor: 0 });

      journey.pass(1);
      orders.unshift(order("later", isoTime(journey.now)).data);
      expect(await reconcile()).toMatchObject({
        since: isoTime(addDays(journey.now, -1 - 2 / 24)),
        recorded: 1,
        known: 3,
      });
      expect(await journey.balance("north")).toEqual({ heldMinor: 5000, payableMinor: 0 });
      journey.pass(1);
      // From a later time there may be a gap, so the cursor stays.
      await reconcile({ since: addDays(journey.now, -1 / 24) });
      expect(await reconcile()).toMatchObject({
        since: isoTime(addDays(journey.now, -1 - 2 / 24)),
        recorded: 0,
      });
      await journey.expectSoundLedger();
    } finally {
      await api.close();
    }
  });

  const host = "https://acme.myshopify.com";
  /** How a shop whose API lists what its webhooks tell says of a sale, and answers with such. */
  const listing: { kind: ShopKind; api: object; sold: Sold; body: (told: unknown[]) => object }[] = [
    {
      kind: "stripe",
      api: { token: "rk_1" },
      sold: ({ id, reference, seconds }) =>
        stripeCheckoutCompleted({
          id: `cs_${id}`,
          eventId: `evt_${id}`,
          createdSeconds: seconds,
          reference,
          paymentIntent: `pi_${id}`,
        }),
      body: (data) => ({ data, has_more: false }),
    },
    {
      kind: "paddle",
      api: { token: "pdl_live_1" },
      sold: ({ id, reference, seconds }) =>
        paddleTransactionCompleted({
          id: `txn_${id}`,
          eventId: `evt_${id}`,
          occurredAt: new Date(seconds * 1000).toISOString(),
          customData: { reference },
        }),
      body: (data) => ({ data, meta: { pagination: { has_more: false } } }),
    },
    {
      kind: "shopify",
      api: { url: host, token: "shpat_1" },
      sold: ({ id, reference, seconds }) =>
        shopifyOrderPaid({
          id: id.length,
          attributes: { reference },
          more: { updated_at: new Date(seconds * 1000).toISOString() },
        }),
      // Its orders have no event's id: what was told by a webhook is told once more, and says nothing new.
      body: (orders) => ({ orders, disputes: [], data: [], has_more: false }),
    },
  ];

  it.each(listing)(
    "is mended at $kind, and nothing of it counts twice",
    async ({ kind, api, sold, body }) => {
      const journey = await openJourney(bench);
      const { token } = await journey.partnerWithToken("north");
      const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
      const seconds = Math.floor(journey.now / 1000) - 86_400;
      const known = sold({ id: "known", reference, seconds });
      const lost = sold({ id: "lost", reference, seconds });
      const delivery = everyShop[kind].deliver(known, { timestamp: journey.now / 1000 });
      expect(await journey.deliver(kind, delivery)).toMatchObject({ code: 200 });
      const hosts = ["https://api.stripe.com", "https://api.paddle.com", host];
      const apis = openShopApis(hosts, ({ path }) => ({
        body: path.includes("line_items") ? { data: [], has_more: false } : body([lost, known]),
      }));
      try {
        const configured = { kind, secrets: [], api } as unknown as ShopSettings;
        const reconcile = (more: object = {}) =>
          reconcileOrders(journey.deps, { shop: kind, settings: configured, dryRun: false, ...more });
        const first = await reconcile({ since: addDays(journey.now, -7) });
        expect(first).toMatchObject({ recorded: 1, known: 1, refused: 0 });
        expect(await reconcile()).toMatchObject({ recorded: 0, refused: 0 });
        expect(await journey.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });
        await journey.expectSoundLedger();
      } finally {
        await apis.close();
      }
    },
  );
});
