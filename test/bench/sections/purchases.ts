import { join } from "node:path";
import type { Bench, Section } from "../bench.ts";
import type { OneRowTasks } from "../controls/one-row.ts";
import { inTurns, median } from "../measure.ts";
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
  const perSecond = (loads: typeof mine) => loads.map((load) => load.perSecond);
  const named = { section, unit: "/s", rounds: perSecond(mine) };
  return [
    figure({
      ...named,
      what: "purchases",
      control: { what: "one row, group commit", rounds: perSecond(rows) },
      goal: { ratioAtLeast: 0.35 },
    }),
    figure({
      ...named,
      what: "purchases, group commit",
      control: { what: "one commit each", rounds: perSecond(singles) },
      goal: { ratioAtLeast: 2 },
    }),
    figure({ section, what: "purchases, p99 at full load", unit: "ms", rounds: mine.map(({ p99 }) => p99) }),
    await atHalfLoad(bench, ours, row, { ours: median(perSecond(mine)), row: median(perSecond(rows)) }),
  ];
};

async function oneRow(bench: Bench, world: World): Promise<Target> {
  const child = await startSubject<OneRowTasks>(bench, "controls/one-row.ts", {
    args: [join(world.folder, "one-row.db")],
  });
  return target(bench, {
    name: "one row",
    urls: [await child.ask("url", undefined)],
    makeReady: (count) => readyPurchases(bench, makeReferences(count)),
    recorded: () => child.ask("count", undefined),
  });
}

/** Each at half of what it was just measured to do, for long enough that checkpoints happen. */
async function atHalfLoad(
  bench: Bench,
  ours: Target,
  row: Target,
  most: { ours: number; row: number },
): Promise<Figure> {
  const { pacedSeconds } = bench.options;
  bench.say(`half load, ${pacedSeconds} s each`);
  const mine = await ours.paced(most.ours / 2, pacedSeconds);
  const control = await row.paced(most.row / 2, pacedSeconds);
  return figure({
    section,
    what: "purchases, p99 at half load",
    unit: "ms",
    rounds: [mine.p99],
    control: { what: "one row", rounds: [control.p99] },
    goal: { below: 50 },
  });
}
