import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { approvePayout } from "../../server/src/payouts/change-batch.ts";
import { type ProposalTerms, proposePayouts } from "../../server/src/payouts/propose.ts";
import { closePeriod } from "../../server/src/periods/close-period.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addDays, instant } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { growingPlan, growth } from "../channel/growing-plan.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { detailsOf } from "./payout-details.ts";

const holdDays = 20;
const bonusMinor = 5_000;

/** 10 % of each order, and 50.00 for a month of 250.00. Two sales of 138.33 in a month that was just closed. */
async function openClosedMonth(bench: Bench) {
  const world = await openChannel(bench, { holdDays });
  const { journey, start, sell } = world;
  const deps = { ...journey.deps, blocks: [] };
  const [year = 0, month = 0] = new Date(start).toISOString().split("-").map(Number);
  const begins = instant(Date.UTC(year, month, 1));
  const dayAfter = Date.UTC(year, month + 1, 1);
  journey.pass(Math.ceil((begins - start) / 86_400_000));
  await addPlan(deps, growingPlan(growth({ bonuses: [{ at: 25_000, amountMinor: bonusMinor }] })));
  await assignPlan(deps, { plan: "growing", since: begins });
  await setDetails(deps, "north", detailsOf("north"));
  await sell("o1", addDays(begins, 1));
  await sell("o2", addDays(begins, 2), { licence: "CCCC-DDDD" });
  journey.pass(Math.ceil((dayAfter - deps.clock()) / 86_400_000));
  const close = async (months: number) =>
    closePeriod(deps, new Date(Date.UTC(year, month + months, 1)).toISOString().slice(0, 7));
  await releaseDue(deps);
  const dayBefore = deps.clock();
  journey.pass(1);
  await close(0);
  const propose = async (terms: ProposalTerms = { dryRun: true }) => {
    const { payouts, excluded, batches } = await proposePayouts(deps, terms);
    return {
      paidMinor: payouts.find(({ partner }) => partner === "north")?.amountMinor ?? 0,
      held: excluded
        .filter(({ partner }) => partner === "north")
        .map((one) => [one.reason, one.heldBackMinor]),
      excluded,
      batches,
    };
  };
  const payable = async () => (await readBalances(deps, { partner: "north" }))[0]?.payableMinor ?? 0;
  return { ...world, deps, dayBefore, propose, payable, close };
}

onEveryEngine("what the close of a period gave", (bench) => {
  it("is payable, and proposed for payout once the hold days have passed", async () => {
    const { deps, dayBefore, journey, propose, payable } = await openClosedMonth(bench);
    const allMinor = await payable();
    expect(allMinor).toBeGreaterThan(bonusMinor);
    const { paidMinor, held, excluded } = await propose();
    expect([paidMinor, held]).toEqual([allMinor - bonusMinor, [["term_held", bonusMinor]]]);
    const ends = new Date(addDays(deps.clock(), holdDays)).toISOString().slice(0, 10);
    expect(excluded[0]?.detail).toMatch(`waits until ${ends}`);
    // Named as a day to pay up to, the close is not left out twice.
    expect(await propose({ dryRun: true, until: dayBefore })).toMatchObject({ paidMinor });
    journey.pass(holdDays - 1);
    expect(await propose()).toMatchObject({ paidMinor });
    journey.pass(1);
    expect(await propose()).toMatchObject({ paidMinor: allMinor, held: [] });
  });

  it("pays for no loss: what was refunded takes the row out, and what a close takes counts at once", async () => {
    const { deps, dayBefore, journey, start, propose, payable, refund, close } = await openClosedMonth(bench);
    const { batches } = await propose({});
    journey.pass(1);
    const today = Math.round((deps.clock() - start) / 86_400_000);
    await refund("o2", today, { amountMinor: 16_600 });
    // What is left is the other order's, whichever day is paid up to.
    const otherMinor = (await payable()) - bonusMinor;
    expect(otherMinor).toBeGreaterThan(0);
    const { takenOut } = await asDeed(
      { actor: "cli:ben", action: "payout approve", subject: undefined },
      () => approvePayout(deps, batches[0]?.id ?? ""),
    );
    expect(takenOut).toMatchObject([{ partner: "north", reason: "term_held" }]);
    expect(await propose({ dryRun: true, until: dayBefore })).toMatchObject({ paidMinor: otherMinor });
    expect(await propose()).toMatchObject({ paidMinor: otherMinor });
    journey.pass(31);
    await close(1);
    expect(await payable()).toBe(otherMinor);
    expect(await propose()).toMatchObject({ paidMinor: otherMinor, held: [] });
    await journey.expectSoundLedger();
  });
});
