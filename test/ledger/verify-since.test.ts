import { expect, it } from "vitest";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { instant, isoTime } from "../../server/src/words/clock.ts";
import { openJourney } from "../journey/journey.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

onEveryEngine("a check of the ledger since a day", (bench) => {
  /** Three sales, ten days apart, the first of them bent. */
  async function openStory() {
    const journey = await openJourney(bench);
    const sell = async (id: string) => {
      const sale = { ...journey.happening(), id: `cs_${id}`, paymentIntent: `pi_${id}` };
      await journey.stripe(stripeCheckoutCompleted({ ...sale, email: `${id}@example.com` }));
      journey.pass(10);
    };
    for (const id of ["1", "2", "3"]) await sell(id);
    await dropGuards(journey.database, "orders");
    await runRaw(journey.database, ["update orders set net_minor = 1 where order_id = 'cs_1'"]);
    return journey;
  }

  it("checks the orders that were first heard of since, and those that anything was told for", async () => {
    const journey = await openStory();
    const yesterday = instant(journey.now - 86_400_000);
    const since = (days: number) => instant(journey.now - days * 86_400_000);
    expect((await verifyLedger(journey.deps)).ok).toBe(false);
    expect(await verifyLedger(journey.deps, { since: since(15) })).toMatchObject({
      ok: true,
      checked: { orders: 1 },
    });
    expect(await verifyLedger(journey.deps, { since: since(25) })).toMatchObject({
      ok: true,
      checked: { orders: 2 },
    });
    await journey.stripe(
      stripeChargeRefunded({ ...journey.happening(), paymentIntent: "pi_1", refundedMinor: 100 }),
    );
    expect(await verifyLedger(journey.deps, { since: yesterday })).toMatchObject({
      ok: false,
      checked: { orders: 1 },
      failures: ["order stripe cs_1: its amounts are not those that its events tell"],
    });
  });

  it("says how far it is, by the day from which it can go on", async () => {
    const journey = await openStory();
    const heard: [number, string][] = [];
    await verifyLedger(journey.deps, {
      onPage: (orders, heardAt) => heard.push([orders, isoTime(heardAt).slice(0, 10)]),
    });
    expect(heard).toEqual([[3, "2026-12-11"]]);
  });
});
