import { expect, it } from "vitest";
import { reconcileOrders } from "../../../server/src/intake/reconcile-orders.ts";
import { addDays, isoTime } from "../../../server/src/words/clock.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyShop } from "../../shops/every-shop.ts";
import { polarOrderPaid, polarRefundUpdated } from "../../shops/polar-fixtures.ts";
import { openShopApis } from "../../shops/shop-apis.ts";
import { openJourney } from "../journey.ts";

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
});
