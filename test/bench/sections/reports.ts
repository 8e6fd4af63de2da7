import { forecastPeriod } from "../../../server/src/periods/periods.ts";
import { addPlan, assignPlan } from "../../../server/src/plans/plans.ts";
import { refreshEarnings } from "../../../server/src/reports/refresh-earnings.ts";
import { reportEarnings } from "../../../server/src/reports/report-earnings.ts";
import { simulatePlan } from "../../../server/src/simulations/simulate-plan.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import type { Bench, Section } from "../bench.ts";
import { openWorld } from "../receivers.ts";
import { type Figure, figure, grouped } from "../report.ts";

const section = "reports";

const yearly = {
  plan: "yearly",
  name: "Yearly",
  promise: "each_sale",
  rules: [
    { rule: "renewals", when: { kinds: ["renewal"] }, pay: { rateBp: 3_000 } },
    { rule: "all", pay: { rateBp: 2_100 } },
  ],
  terms: [
    {
      term: "tiers",
      every: "year",
      currency: "EUR",
      counts: { measure: "net" },
      tiers: [{ from: 0, rateBp: 100 }],
    },
  ],
};

/** How long the forecast of a partner's year takes, and a simulation of another plan, over so many orders of its own. */
async function ofOnePartner(bench: Bench, orders: number): Promise<Figure[]> {
  const { rounds, quick } = bench.options;
  const { deps, tokens } = await openWorld(bench, { storedOrders: orders, tokens: 1 });
  const partner = tokens[0]?.partner ?? "";
  await addPlan(deps, yearly);
  await assignPlan(deps, { plan: yearly.plan, since: addDays(deps.clock(), -1_000) });
  const found: Record<"forecast" | "simulation", number[]> = { forecast: [], simulation: [] };
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const terms = await forecastPeriod(deps, { partner });
    const told = performance.now();
    found.forecast.push(told - begun);
    if (terms.length !== 1) throw new Error("a partner has a forecast for each term");
    let read = 0;
    for await (const page of simulatePlan(deps, yearly)) read += page.read;
    found.simulation.push(performance.now() - told);
    if (read !== orders) throw new Error(`${read} of ${orders} orders were simulated`);
  }
  const goal = (below: number) => (quick ? {} : { goal: { below } });
  const of = `a partner with ${grouped(orders)} orders`;
  return [
    figure({
      section,
      what: `forecast of ${of}`,
      unit: "ms",
      rounds: found.forecast,
      ...goal(1_000),
    }),
    figure({
      section,
      what: `another plan simulated, ${of}`,
      unit: "ms",
      rounds: found.simulation,
      ...goal(60_000),
    }),
  ];
}

/**
 * How long a report of earnings takes over all orders that are stored, and over the last week's; and what is worked out of
 * the orders of one partner.
 */
export const reports: Section = async (bench) => {
  const { storedOrders, rounds, quick } = bench.options;
  bench.say(`storing ${grouped(storedOrders)} orders`);
  const { deps } = await openWorld(bench, { storedOrders });
  const begun = performance.now();
  await refreshEarnings(deps, {
    onProgress: (orders) => {
      if (orders % 50_000 === 0) bench.say(`${grouped(orders)} orders read for reports`);
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  bench.note(
    `Reports: made from ${grouped(storedOrders)} orders for the first time in ${grouped(seconds)} s; later each minute for what is new.`,
  );
  const times = async (question: Parameters<typeof reportEarnings>[1]) => {
    const found: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await reportEarnings(deps, question);
      found.push(performance.now() - start);
    }
    return found;
  };
  const since = addDays(deps.clock(), -7);
  return [
    figure({
      section,
      what: `earnings by partner, all ${grouped(storedOrders)} orders`,
      unit: "ms",
      rounds: await times({ by: "partner" }),
      ...(quick ? {} : { goal: { below: 2_000 } }),
    }),
    figure({
      section,
      what: "earnings by month, all orders",
      unit: "ms",
      rounds: await times({ by: "month" }),
    }),
    figure({
      section,
      what: "earnings by partner, the last seven days",
      unit: "ms",
      rounds: await times({ by: "partner", since }),
    }),
    ...(await ofOnePartner(bench, Math.min(storedOrders, 100_000))),
  ];
};
