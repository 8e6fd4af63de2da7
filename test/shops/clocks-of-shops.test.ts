import { expect, it } from "vitest";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { openJourney } from "../journey/journey.ts";
import { secretName } from "../journey/receiver-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { woocommerceDelivery } from "./deliveries.ts";
import { wooEvent, wooOrderUpdated } from "./woocommerce-fixtures.ts";

const id = 727;

/** A shop of WooCommerce whose clock is so many hours before the receiver's, and one order of it. */
async function openShop(bench: Parameters<Parameters<typeof onEveryEngine>[1]>[0], hoursAhead: number) {
  const journey = await openJourney(bench, {
    shops: {
      woocommerce: { kind: "woocommerce", secrets: [{ env: secretName("woocommerce") }] },
      stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
    },
  });
  const { token } = await journey.partnerWithToken("north", { percent: 10 });
  const { reference } = await journey.click(`/r/acme-paint?t=${token}`);
  const clock = () => new Date(journey.now + hoursAhead * 3_600_000).toISOString().slice(0, 19);
  const paidAt = clock();
  let sent = 0;
  const deliver = (payload: unknown) =>
    journey.deliver("woocommerce", woocommerceDelivery(payload, { id: `${++sent}` }));
  const told = (status: string) =>
    wooOrderUpdated({ id, meta: { reference }, paidAt, status, more: { date_modified_gmt: clock() } });
  return {
    journey,
    tell: (status: string) => deliver(told(status)),
    restore: () => deliver(wooEvent("order.restored", told("completed"))),
    remove: () => deliver(wooEvent("order.deleted", { id })),
    pass: () => journey.pass(1 / 1_440),
    earned: async () => {
      const { credits } = await journey.explain(String(id), "woocommerce");
      return credits.reduce((sum, one) => sum + one.remainingMinor, 0);
    },
  };
}

onEveryEngine("a shop whose clock is ahead", (bench) => {
  it("throws an order away and takes it out of the bin again, within that time", async () => {
    const { journey, tell, remove, restore, pass, earned } = await openShop(bench, 3);
    await tell("completed");
    expect(await earned()).toBe(1_000);
    pass();
    await remove();
    expect(await earned()).toBe(0);
    await remove();
    pass();
    await restore();
    expect(await earned()).toBe(1_000);
    pass();
    await remove();
    expect(await earned()).toBe(0);
    await journey.expectSoundLedger();
  });

  it("does not outdate what a person enters", async () => {
    const { journey, tell, pass, earned } = await openShop(bench, 3);
    await tell("completed");
    pass();
    await tell("failed");
    pass();
    const what = { restored: "59.50" };
    await correctOrder(journey.deps, { shop: "woocommerce", order: String(id), what, note: "by hand" });
    expect(await earned()).toBe(500);
    await journey.expectSoundLedger();
  });
});
