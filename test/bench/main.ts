import { writeFile } from "node:fs/promises";
import type { Bench, Section } from "./bench.ts";
import { startChild } from "./children.ts";
import type { GeneratorTasks } from "./load/generator.ts";
import { describeMachine } from "./machine.ts";
import { type BenchOptions, readOptions, type SectionName, UsageError, usage } from "./options.ts";
import { type Figure, table } from "./report.ts";
import { clicks } from "./sections/clicks.ts";
import { downloads } from "./sections/downloads.ts";
import { faces } from "./sections/faces.ts";
import { guessing } from "./sections/guessing.ts";
import { memory } from "./sections/memory.ts";
import { outbox } from "./sections/outbox.ts";
import { plans } from "./sections/plans.ts";
import { postgres } from "./sections/postgres.ts";
import { purchases } from "./sections/purchases.ts";
import { reports } from "./sections/reports.ts";
import { sdk } from "./sections/sdk.ts";
import { serials } from "./sections/serials.ts";
import { shops } from "./sections/shops.ts";
import { stamping } from "./sections/stamping.ts";
import { start } from "./sections/start.ts";
import { stored } from "./sections/stored.ts";
import { verify } from "./sections/verify.ts";

class Interrupted extends Error {}

const sections: Record<SectionName, Section> = {
  sdk,
  clicks,
  purchases,
  plans,
  postgres,
  stored,
  verify,
  reports,
  faces,
  memory,
  downloads,
  start,
  stamping,
  serials,
  shops,
  outbox,
  guessing,
};

/** Ends the section under way, so that its processes and folders go with it. */
const interruption = new Promise<never>((_, reject) => {
  process.once("SIGINT", () => reject(new Interrupted("interrupted")));
});
interruption.catch(() => {});

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options !== "help") return await run(options);
    console.log(usage);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function run(options: BenchOptions): Promise<number> {
  const begun = performance.now();
  const machine = describeMachine();
  const { platform, processor, cores, memoryGib, node, fdatasyncPerSecond } = machine;
  console.log(`${processor}, ${cores} cores, ${memoryGib} GiB, ${platform}, Node ${node.slice(1)}`);
  console.log(`disk: ${fdatasyncPerSecond} fdatasync of 4 KiB a second`);
  const figures: Figure[] = [];
  const notes = new Set<string>();
  for (const [name, section] of Object.entries(sections))
    if (options.only === undefined || options.only === name)
      figures.push(...(await runSection(name, section, options, notes)));
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`\n${table(figures)}\n`);
  for (const note of notes) console.log(note);
  console.log(`Medians of ${options.rounds} rounds${options.quick ? ", --quick" : ""}, ${seconds} s in all.`);
  if (options.json !== undefined)
    await writeFile(
      options.json,
      `${JSON.stringify({ machine, options, seconds, figures, notes: [...notes] }, null, 2)}\n`,
    );
  return figures.some(({ goal }) => goal?.met === false) ? 1 : 0;
}

async function runSection(
  name: string,
  section: Section,
  options: BenchOptions,
  notes: Set<string>,
): Promise<Figure[]> {
  const generator = await startChild<GeneratorTasks>("load/generator.ts");
  const steps: (() => Promise<unknown>)[] = [generator.stop];
  const bench: Bench = {
    options,
    generator,
    say: (line) => console.error(`${name}: ${line}`),
    note: (sentence) => notes.add(sentence),
    afterwards: (step) => steps.push(step),
  };
  try {
    return await Promise.race([section(bench), interruption]);
  } finally {
    for (const step of steps.reverse()) await step();
  }
}
