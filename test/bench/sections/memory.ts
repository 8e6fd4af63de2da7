import { setTimeout } from "node:timers/promises";
import type { Section } from "../bench.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { figure, grouped } from "../report.ts";

const batch = 20_000;
const restMilliseconds = 2_000;
const mebibyte = 2 ** 20;

/** Resident memory of the receiver's process after many purchases, beside the same process after few. */
export const memory: Section = async (bench) => {
  const [few, many] = bench.options.memoryAfter;
  const world = await openWorld(bench);
  const receiver = await startReceiverOn(bench, world);
  const purchases = await purchaseTarget(bench, { name: "memory", world, receivers: [receiver] });
  const rested = async () => {
    await setTimeout(restMilliseconds);
    return (await receiver.ask("memory", undefined)) / mebibyte;
  };
  await purchases.burst(few);
  const before = await rested();
  for (let taken = few; taken < many; taken += batch) {
    bench.say(`${grouped(taken)} of ${grouped(many)} purchases`);
    await purchases.burst(Math.min(batch, many - taken));
  }
  return [
    figure({
      section: "memory",
      what: `memory after ${grouped(many)} purchases`,
      unit: "MiB",
      rounds: [await rested()],
      control: { what: `after ${grouped(few)}`, rounds: [before] },
      goal: { ratioAtMost: 1.2 },
    }),
  ];
};
