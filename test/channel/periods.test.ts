import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { exportLedger } from "../../server/src/books/export.ts";
import { closePeriod } from "../../server/src/periods/close-period.ts";
import { forecastPeriod, listPeriods } from "../../server/src/periods/periods.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addDays, instant } from "../../server/src/words/clock.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";
import { growingPlan, tieredGrowth } from "./growing-plan.ts";

/** 10 % of each order; of a month 5 % of the net above 100.00 and 7.00 once at 250.00, and 0.10 for each copy sold below. */
const growing = growingPlan(tieredGrowth, {
  term: "tree",
  every: "month",
  currency: "EUR",
  of: "tree",
  counts: { measure: "units", kinds: ["new"] },
  tiers: [{ from: 0, perUnitMinor: 10 }],
});

/** A world whose clock stands at the start of a month, with the plan assigned. */
async function openMonth(bench: Bench, plan: object = growing) {
  const world = await openChannel(bench);
  const { deps, journey, start } = world;
  const [year = 0, month = 0] = new Date(start).toISOString().split("-").map(Number);
  const begins = instant(Date.UTC(year, month, 1));
  const pass = (days: number) => journey.pass(days);
  pass(Math.ceil((begins - start) / 86_400_000));
  await addPlan(deps, plan);
  await assignPlan(deps, { plan: (plan as { plan: string }).plan, since: begins });
  const name = (months: number) => new Date(Date.UTC(year, month + months, 1)).toISOString().slice(0, 7);
  return { ...world, begins, pass, name };
}

const payable = async (deps: Parameters<typeof readBalances>[0]) =>
  Object.fromEntries((await readBalances(deps)).map(({ partner, payableMinor }) => [partner, payableMinor]));

/** A month that was closed, of which a sale was lost since. */
async function openClosedAndLost(bench: Bench) {
  const month = await openMonth(bench);
  await month.sell("o1", addDays(month.begins, 1));
  await month.sell("o2", addDays(month.begins, 2), { licence: "CCCC-DDDD" });
  month.pass(31);
  await closePeriod(month.deps, month.name(0));
  await month.refund("o1", 60, { amountMinor: 16_600 });
  return month;
}

onEveryEngine("a period", (bench) => {
  it("is forecast while it runs, and closed once when it is over", async () => {
    const { deps, journey, begins, pass, sell, name } = await openMonth(bench);
    await sell("o1", addDays(begins, 1));
    await sell("o2", addDays(begins, 2), { licence: "CCCC-DDDD" });
    expect(await forecastPeriod(deps, { partner: "north" })).toMatchObject([
      // 276.66 less 100.00, 5 %; and 7.00.
      { term: "growth", counted: 27_666, amountMinor: 883 + 700, nextAt: null, bookedMinor: 0 },
      // Two units and one a sale; shipping is no unit.
      { term: "tree", counted: 6, amountMinor: 60 },
    ]);
    expect((await forecastPeriod(deps, { partner: "big" })).map(({ amountMinor }) => amountMinor)).toEqual([
      0, 60,
    ]);
    await expect(closePeriod(deps, name(0))).rejects.toMatchObject({ code: "period_open" });
    await expect(closePeriod(deps, "2027-13")).rejects.toMatchObject({ code: "request_invalid" });
    pass(31);
    const rehearsed = await closePeriod(deps, name(0), { dryRun: true });
    expect(rehearsed).toMatchObject({ closedAt: null, closedBefore: false });
    expect(await payable(deps)).toMatchObject({ north: 0 });
    const closed = await closePeriod(deps, name(0));
    expect(closed.terms).toEqual(rehearsed.terms);
    expect(await payable(deps)).toMatchObject({ north: 883 + 700 + 60, big: 60 });
    const again = await closePeriod(deps, name(0));
    expect(again).toMatchObject({ closedBefore: true });
    expect(again.terms).toHaveLength(closed.terms.length);
    expect(await payable(deps)).toMatchObject({ north: 883 + 700 + 60, big: 60 });
    const [now, before] = await listPeriods(deps);
    expect(now).toMatchObject({ period: name(1), state: "open" });
    expect(before).toMatchObject({
      period: name(0),
      state: "closed",
      booked: [{ currency: "EUR", amountMinor: 883 + 700 + 60 + 60 }],
    });
    await journey.expectSoundLedger();
  });

  it("books once when two processes close it at once", async () => {
    const { deps, journey, begins, pass, sell, name } = await openMonth(bench);
    await sell("o1", addDays(begins, 1));
    pass(31);
    const closes = await Promise.all([1, 2, 3].map(() => closePeriod(deps, name(0))));
    for (const { terms } of closes) expect(terms).toEqual(closes[0]?.terms);
    // 138.33 less 100.00, 5 %: 1.92; three units.
    expect(await payable(deps)).toMatchObject({ north: 192 + 30, big: 30 });
    await journey.expectSoundLedger();
  });

  it("is corrected by the next close for what was lost since, as one transfer a term", async () => {
    const { deps, journey, begins, pass, sell, name } = await openClosedAndLost(bench);
    await sell("o3", addDays(begins, 32), { licence: "EEEE-FFFF" });
    const asItIsNow = await forecastPeriod(deps, { period: name(0), partner: "north" });
    expect(asItIsNow[0]).toMatchObject({ amountMinor: 192, bookedMinor: 1_583 });
    pass(31);
    const next = await closePeriod(deps, name(1));
    expect(next.terms.filter(({ partner, term }) => partner === "north" && term === "growth")).toMatchObject([
      { period: name(0), amountMinor: 192, changeMinor: 192 - 1_583 },
      { period: name(1), amountMinor: 192, changeMinor: 192 },
    ]);
    const pieces: string[] = [];
    for await (const piece of exportLedger(deps, "json")) pieces.push(piece);
    const booked = JSON.parse(pieces.join("")) as {
      kind: string;
      partner: string;
      debit: string;
      amountMinor: number;
    }[];
    const ofNorth = booked.filter(({ kind, partner }) => kind === "term" && partner === "north");
    // The units of the tree: three less of the first month, three more of the next.
    expect(ofNorth.map(({ debit, amountMinor }) => [debit.split(":")[0], amountMinor])).toEqual([
      ["expenses", 1_583],
      ["expenses", 60],
      ["liabilities", 1_583 - 192 - 192],
    ]);
    await journey.expectSoundLedger();
  });

  it("is corrected once where the next two are closed at once", async () => {
    const { deps, journey, pass, name } = await openClosedAndLost(bench);
    pass(62);
    const { store } = deps;
    let other: Awaited<ReturnType<typeof closePeriod>> | undefined;
    // Another process closes the one before where this one has found what to book.
    const write: typeof store.write = async (work) => {
      other ??= await closePeriod(deps, name(1));
      return store.write(work);
    };
    const own = await closePeriod({ ...deps, store: { ...store, write } }, name(2));
    const corrected = [other, own].flatMap((close) =>
      (close?.terms ?? []).filter(
        ({ partner, term, period }) => `${partner} ${term} ${period}` === `north growth ${name(0)}`,
      ),
    );
    expect(corrected).toMatchObject([{ amountMinor: 192, changeMinor: 192 - 1_583 }]);
    expect(await payable(deps)).toMatchObject({ north: 192 + 30, big: 30 });
    await journey.expectSoundLedger();
  });

  it("counts by the plan that it began with, and limits what is earned", async () => {
    const limited = {
      ...growing,
      terms: [
        {
          term: "limit",
          every: "month",
          currency: "EUR",
          counts: { measure: "net" },
          earningsLimitMinor: 1_000,
        },
      ],
    };
    const { deps, journey, begins, pass, sell, name } = await openMonth(bench, limited);
    await addPlan(deps, growing);
    await assignPlan(deps, { plan: "growing", since: addDays(begins, 1) });
    await sell("o1", addDays(begins, 5));
    pass(31);
    const { terms } = await closePeriod(deps, name(0));
    // 10 % of 138.33 are 13.84 by line, of which 10.00 stay.
    expect(terms.filter(({ partner }) => partner === "north")).toMatchObject([
      { term: "limit", version: 1, amountMinor: 1_000 - 1_383, why: "over_earnings_limit" },
    ]);
    await journey.expectSoundLedger();
  });
});
