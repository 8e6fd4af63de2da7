import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { type Child, type ChildOptions, startChild, type TaskTable } from "./children.ts";
import type { SubjectTasks } from "./subject.ts";
import { type Target, target } from "./target.ts";
import { benchEnv, makeWorld, product, type World, webhookPath } from "./world.ts";

/** Makes a world that goes with the section. */
export async function openWorld(bench: Bench, options?: Parameters<typeof makeWorld>[0]): Promise<World> {
  const world = await makeWorld(options);
  bench.afterwards(world.remove);
  return world;
}

/** Starts a process of this folder that goes with the section. */
export async function startSubject<Tasks extends TaskTable = SubjectTasks>(
  bench: Bench,
  file: string,
  options?: ChildOptions,
): Promise<Child<Tasks>> {
  const child = await startChild<Tasks>(file, options);
  bench.afterwards(child.stop);
  return child;
}

/** Starts a receiver on a world; its log goes to a file, as it would in production. */
export async function startReceiverOn(
  bench: Bench,
  world: World,
  file = "receiver-process.ts",
): Promise<Child<SubjectTasks>> {
  const log = await open(join(world.folder, "receiver.log"), "a");
  try {
    return await startSubject(bench, file, { args: [world.configFile], output: log.fd });
  } finally {
    await log.close();
  }
}

/** Clicks on a world's receiver with some of its tokens. Recorded is a click that stands in the database. */
export async function clickTarget(
  bench: Bench,
  options: { name: string; world: World; receiver: Child<SubjectTasks>; tokens: readonly string[] },
): Promise<Target> {
  const { name, world, receiver, tokens } = options;
  return target(bench, {
    name,
    subjects: [receiver],
    makeReady: (count) => bench.generator.ask("clicks", { product, tokens, count }),
    recorded: () => countRows(world, "clicks"),
  });
}

/**
 * Purchases at a world's receivers, each for a click of its own; `renewals` are those of copies that were registered and
 * sold before. Recorded is a purchase that is credited: a decision
 * that says so, and its transfer in the ledger.
 */
export async function purchaseTarget(
  bench: Bench,
  options: {
    name: string;
    world: World;
    receivers: readonly Child<SubjectTasks>[];
    renewals?: boolean;
    /** Bookings of one purchase: one for each partner that has a share. 1 by default. */
    transfersEach?: number;
  },
): Promise<Target> {
  const { name, world, receivers, renewals = false, transfersEach = 1 } = options;
  const addClicks = renewals ? world.addRenewals : world.addClicks;
  return target(bench, {
    name,
    subjects: receivers,
    makeReady: async (count) => readyPurchases(bench, await addClicks(count)),
    recorded: async () => {
      const credited = await countCredited(world);
      const booked = await countRows(world, "transfers");
      if (credited * transfersEach !== booked)
        throw new Error(`${name}: ${credited} orders are credited, ${booked} are booked`);
      return credited;
    },
  });
}

/** Makes a signed purchase ready for each reference. */
export const readyPurchases = (bench: Bench, references: readonly string[]): Promise<void> =>
  bench.generator.ask("purchases", { path: webhookPath, secret: benchEnv.STRIPE_WEBHOOK_SECRET, references });

async function countRows({ deps }: World, from: "clicks" | "transfers"): Promise<number> {
  const row = await deps.store.cold
    .selectFrom(from)
    .select((table) => table.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function countCredited({ deps }: World): Promise<number> {
  const row = await deps.store.cold
    .selectFrom("orders")
    .select((table) => table.fn.countAll<number | string>().as("count"))
    .where("outcome", "=", "credited")
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
