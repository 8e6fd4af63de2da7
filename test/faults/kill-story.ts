import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../until.ts";
import { type Books, readBooks } from "./books.ts";
import { liveOn, openWorld, type World } from "./customers.ts";
import type { Random } from "./random.ts";
import { type ReceiverProcess, serve, startReceiverProcess } from "./receiver-process.ts";
import type { Vendor } from "./vendor.ts";

/** How often a receiver is killed, and under what load. */
export interface KillPlan {
  kills: number;
  connections: number;
  /** The program that is killed; the real one by default. */
  program?: readonly string[];
}

/** What happened while a receiver was killed again and again. */
export interface KillStory {
  world: World;
  /** How many of the kills left requests without an answer. */
  interruptions: number;
}

/**
 * Keeps customers busy at a receiver that is killed at random moments and started again on the same database. Ends
 * when all that was begun is acknowledged and the last receiver has stopped by itself.
 */
export async function killAgainAndAgain(vendor: Vendor, random: Random, plan: KillPlan): Promise<KillStory> {
  const start = () => startReceiverProcess(vendor, plan.program ?? serve);
  // Only a process that ends by itself leaves what it compiled to the next ones, which then start in half the time.
  await (await start()).stop();
  let receiver: ReceiverProcess = await start();
  const world = openWorld(vendor, random, Promise.resolve(receiver.url));
  const customers = Promise.all(Array.from({ length: plan.connections }, () => liveOn(world)));
  let interruptions = 0;
  const killing = async () => {
    for (let kill = 0; kill < plan.kills; kill++) {
      await progress(world, random.between(1, mostRequestsBetweenKills));
      await sleep(random.between(0, 10));
      const before = world.unanswered;
      const restart = Promise.withResolvers<string>();
      world.url = restart.promise;
      await receiver.kill();
      receiver = await start();
      if (world.unanswered > before) interruptions += 1;
      restart.resolve(receiver.url);
    }
    await progress(world, mostRequestsBetweenKills);
    world.closing = true;
  };
  await Promise.all([customers, killing()]);
  const code = await receiver.stop();
  if (code !== 0) throw new Error(`the last receiver stopped with ${code}`);
  return { world, interruptions };
}

// Moments are counted in requests rather than in milliseconds, so that a slow machine is killed in the midst of work too.
const mostRequestsBetweenKills = 150;

async function progress(world: World, requests: number): Promise<void> {
  const enough = world.answered + requests;
  await until(() => world.answered >= enough);
}

/**
 * What is not as it was acknowledged: one sentence for each purchase that is gone, or is credited to another, or by
 * another amount, or twice. Nothing when all is well.
 */
export async function findBrokenPromises({ world }: KillStory): Promise<string[]> {
  const books = await readBooks(world.vendor);
  const broken = world.promised.flatMap((promised) => brokenPromise(promised, books));
  const owed = new Map<string, number>(world.vendor.partners.map(({ id }) => [id, 0]));
  for (const { partner, creditMinor } of world.promised)
    owed.set(partner, (owed.get(partner) ?? 0) + creditMinor);
  for (const [partner, creditMinor] of owed) {
    const held = books.balances.find((balance) => balance.partner === partner)?.heldMinor ?? 0;
    if (held !== creditMinor) broken.push(`${partner} has ${held} and should have ${creditMinor}`);
  }
  if (books.orders.size !== world.promised.length)
    broken.push(`${books.orders.size} orders are recorded and ${world.promised.length} were acknowledged`);
  return [...broken, ...books.failures];
}

function brokenPromise(
  { order, partner, creditMinor, by }: World["promised"][number],
  books: Books,
): string[] {
  const recorded = books.orders.get(order);
  if (recorded === undefined) return [`${order} was acknowledged and is gone`];
  if (recorded.partner !== partner)
    return [`${order} lost its ${by}: it is ${recorded.outcome} for ${recorded.reason}`];
  const journal = books.journal.get(order) ?? [];
  const credits = journal.filter(({ kind }) => kind === "credit").length;
  if (credits !== 1) return [`${order} was credited ${credits} times`];
  const sum = journal.reduce(
    (so, { kind, amountMinor }) => so + (kind === "credit" ? 1 : -1) * amountMinor,
    0,
  );
  return sum === creditMinor ? [] : [`${order} earned ${sum} and should have earned ${creditMinor}`];
}
