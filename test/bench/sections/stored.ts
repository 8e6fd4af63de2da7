import { verifyLedger } from "../../../server/src/orders/verify.ts";
import type { Section } from "../bench.ts";
import { column, inTurns } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { figure, grouped } from "../report.ts";

/** Purchases a second where many orders are stored already, beside a receiver with few. */
export const stored: Section = async (given) => {
  // One round differs from the next by a fifth, so a tenth needs many of them; but each adds to what is stored, and the
  // control is to stay small. So they are many and short.
  const { rounds: usual, roundSeconds } = given.options;
  const bench = {
    ...given,
    options: { ...given.options, rounds: 3 * usual, roundSeconds: roundSeconds / 3 },
  };
  const { storedOrders, rounds, say } = { ...bench.options, say: bench.say };
  bench.note(
    `At ${grouped(storedOrders)} stored orders: medians of ${rounds} rounds of a third of the time.`,
  );
  const few = await openWorld(bench, { storedOrders: 1_000 });
  const report = await verifyLedger(few.deps);
  // The large one is made in the same way; to verify it too would take longer than all rounds.
  if (!report.ok || report.checked.orders !== 1_000)
    throw new Error(`preload: ${report.failures.join("; ")}`);
  say(`storing ${grouped(storedOrders)} orders`);
  const many = await openWorld(bench, { storedOrders });
  const subjects = [
    await purchaseTarget(bench, {
      name: `at ${grouped(storedOrders)} orders`,
      world: many,
      receivers: [await startReceiverOn(bench, many)],
    }),
    await purchaseTarget(bench, {
      name: "at 1,000 orders",
      world: few,
      receivers: [await startReceiverOn(bench, few)],
    }),
  ];
  for (const subject of subjects) await subject.warmUp();
  const [large = [], small = []] = await inTurns(subjects, rounds, say);
  return [
    figure({
      section: "stored",
      what: `purchases at ${grouped(storedOrders)} stored orders`,
      unit: "/s",
      rounds: column(large, "perSecond"),
      control: { what: "at 1,000", rounds: column(small, "perSecond") },
      goal: { ratioAtLeast: 0.9 },
    }),
  ];
};
