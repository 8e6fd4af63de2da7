import { join } from "node:path";
import type { Bench, Section } from "../bench.ts";
import type { OneRowTasks } from "../controls/one-row.ts";
import { column, inTurns, median } from "../measure.ts";
import { openWorld, purchaseTarget, readyPurchases, startReceiverOn, startSubject } from "../receivers.ts";
import { type Figure, figure } from "../report.ts";
import { type Target, target } from "../target.ts";
import { makeReferences, type World } from "../world.ts";

const section = "purchases";

/** Purchases a second from the signed webhook to the durable credit, beside one row and beside one commit each. */
export const purchases: Section = async (bench) => {
  const world = await openWorld(bench);
  const receivers = [await startReceiverOn(bench, world)];
  const ours = await purchaseTarget(bench, { name: "purchases", world, receivers });
  const alone = await openWorld(bench);
  const lonely = [await startReceiverOn(bench, alone, "controls/one-commit-each.ts")];
  const each = await purchaseTarget(bench, { name: "one commit each", world: alone, receivers: lonely });
  const row = await oneRow(bench, world);
  const subjects = [ours, row, each];
  for (const subject of subjects) await subject.warmUp();

  const [mine = [], rows = [], singles = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  const named = { section, unit: "/s", rounds: column(mine, "perSecond") };
  return [
    figure({
      ...named,
      what: "purchases",
      control: { what: "one row, group commit", rounds: column(rows, "perSecond") },
      goal: { ratioAtLeast: 0.35 },
    }),
    figure({
      ...named,
      what: "purchases, group commit",
      control: { what: "one commit each", rounds: column(singles, "perSecond") },
      goal: { ratioAtLeast: 2 },
    }),
    figure({
      section,
      what: "purchases, p99 at full load",
      unit: "ms",
      rounds: column(mine, "p99"),
      control: { what: "one row", rounds: column(rows, "p99") },
    }),
    figure({
      section,
      what: "processor time of a purchase",
      unit: "µs",
      rounds: column(mine, "processorMicros"),
      control: { what: "one row", rounds: column(rows, "processorMicros") },
    }),
    await atHalfLoad(
      bench,
      [ours, median(column(mine, "perSecond"))],
      [row, median(column(rows, "perSecond"))],
    ),
  ];
};

async function oneRow(bench: Bench, world: World): Promise<Target> {
  const child = await startSubject<OneRowTasks>(bench, "controls/one-row.ts", {
    args: [join(world.folder, "one-row.db")],
  });
  return target(bench, {
    name: "one row",
    subjects: [child],
    makeReady: (count) => readyPurchases(bench, makeReferences(count)),
    recorded: () => child.ask("count", undefined),
  });
}

/** Each at half of what it was just measured to do, for long enough that checkpoints happen. */
async function atHalfLoad(bench: Bench, ...measured: [Target, number][]): Promise<Figure> {
  const { pacedSeconds, pacedRounds } = bench.options;
  const subjects = measured.map(([subject, perSecond]) => ({
    name: `${subject.name}, ${pacedSeconds} s at half load`,
    round: () => subject.paced(perSecond / 2, pacedSeconds),
  }));
  const [mine = [], rows = []] = await inTurns(subjects, pacedRounds, bench.say);
  return figure({
    section,
    what: "purchases, p99 at half load",
    unit: "ms",
    rounds: column(mine, "p99"),
    control: { what: "one row", rounds: column(rows, "p99") },
    goal: { below: 50 },
  });
}
