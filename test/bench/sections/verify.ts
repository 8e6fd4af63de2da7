import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { addDays, instant } from "../../../server/src/words/clock.ts";
import type { Section } from "../bench.ts";
import { openWorld } from "../receivers.ts";
import { figure, grouped } from "../report.ts";

/**
 * How long the check of the books takes for each order where many are stored, beside the same with few: it reads page by
 * page, so neither the time for an order nor the memory grows. A night's check of the last day stands beside it.
 */
export const verify: Section = async (bench) => {
  const { storedOrders, rounds, say } = { ...bench.options, say: bench.say };
  const many = await openWorld(bench, { storedOrders });
  const few = await openWorld(bench, { storedOrders: 1_000 });
  const since = addDays(instant(Date.now()), -1);
  const perSecond: Record<"many" | "few" | "touched", number[]> = { many: [], few: [], touched: [] };
  let grown = 0;
  for (let round = 0; round < rounds; round++) {
    say(`checking ${grouped(storedOrders)} orders, round ${round + 1} of ${rounds}`);
    perSecond.few.push(await ordersASecond(() => verifyLedger(few.deps)));
    const before = process.memoryUsage().rss;
    let most = before;
    const onPage = () => {
      most = Math.max(most, process.memoryUsage().rss);
    };
    perSecond.many.push(await ordersASecond(() => verifyLedger(many.deps, { onPage })));
    grown = Math.max(grown, most - before);
    perSecond.touched.push(await ordersASecond(() => verifyLedger(many.deps, { since })));
  }
  bench.note(`verify: the process grew by ${Math.round(grown / 1_048_576)} MiB while it checked.`);
  return [
    figure({
      section: "verify",
      what: `ledger verify of ${grouped(storedOrders)} orders`,
      unit: "orders/s",
      rounds: perSecond.many,
      control: { what: "of 1,000", rounds: perSecond.few },
      goal: { ratioAtLeast: 0.5 },
    }),
    figure({
      section: "verify",
      what: "of these, those of the last day (--since)",
      unit: "orders/s",
      rounds: perSecond.touched,
      control: { what: "all", rounds: perSecond.many },
    }),
  ];
};

async function ordersASecond(check: () => ReturnType<typeof verifyLedger>): Promise<number> {
  const begun = performance.now();
  const report = await check();
  if (!report.ok) throw new Error(`the preloaded ledger does not add up: ${report.failures.join("; ")}`);
  return report.checked.orders / ((performance.now() - begun) / 1000);
}
