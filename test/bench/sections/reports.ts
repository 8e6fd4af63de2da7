import { refreshEarnings } from "../../../server/src/reports/refresh-earnings.ts";
import { reportEarnings } from "../../../server/src/reports/report-earnings.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import type { Section } from "../bench.ts";
import { openWorld } from "../receivers.ts";
import { figure, grouped } from "../report.ts";

const section = "reports";

/** How long a report of earnings takes over all orders that are stored, and over the last week's. */
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
  ];
};
