import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CreditFacts } from "../../server/src/outbox/adapter.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { countInState } from "../../server/src/outbox/rows/lists.ts";
import { insertOutboxRow } from "../../server/src/outbox/rows/outbox.ts";
import { as } from "../../server/src/words/ids.ts";
import { until } from "../until.ts";
import { type MoodyTarget, startMoodyTarget } from "./moody-target.ts";
import { type Random, seededRandom } from "./random.ts";
import { nodeFlags, openVendor, type Vendor } from "./vendor.ts";

const messagesPerOrder = 4;
/** Fewer than the 10,000 of a whole run, which takes some two minutes: TALLYSTICK_TEST_OUTBOX_MESSAGES=10000. */
const messages = Number(process.env.TALLYSTICK_TEST_OUTBOX_MESSAGES ?? 4_000);
const program = fileURLToPath(new URL("outbox-worker.ts", import.meta.url));

describe("an outbox whose workers are killed while the target fails", () => {
  it.each([
    { engine: "postgres", workers: 2 },
    { engine: "sqlite", workers: 1 },
  ] as const)("delivers everything, in order, on $engine with $workers", async ({ engine, workers }) => {
    const random = seededRandom("outbox-kill");
    const target = await startMoodyTarget(random);
    const vendor = await openVendor(engine);
    const { outbox = {}, ...config } = JSON.parse(await readFile(vendor.configFile, "utf8"));
    await writeFile(
      vendor.configFile,
      JSON.stringify({ ...config, outbox: { ...outbox, allowPrivate: [target.host] } }),
    );
    await fillOutbox(vendor, target);

    const done = new AbortController();
    const lives = Array.from({ length: workers }, () => liveAndDie(vendor, target, random, done.signal));
    await untilSettled(vendor);
    done.abort();
    const kills = (await Promise.all(lives)).reduce((sum, one) => sum + one, 0);
    console.info(`${engine}: ${target.arrivals.length} requests for ${messages} messages, ${kills} kills`);
    expect(kills).toBeGreaterThan(0);
    expectSoundDeliveries(target);
    const left = await vendor.use(({ store }) => store.read((tx) => countInState(tx, "failed")));
    expect(left).toBe(0);
  });
});

/** Messages about many orders of two partners, each with a webhook; only the first of an order is due. */
async function fillOutbox({ use, partners }: Vendor, { url }: MoodyTarget): Promise<void> {
  await use(async (deps) => {
    for (const { id } of partners) await setPartnerWebhook(deps, { partner: id, url });
    const now = deps.clock();
    await deps.store.write(async (tx) => {
      for (let at = 0; at < messages; at++) {
        const order = as.order(`order-${Math.floor(at / messagesPerOrder / partners.length)}`);
        const partner = partners[Math.floor(at / messagesPerOrder) % partners.length]?.id ?? "";
        const seq = (at % messagesPerOrder) + 1;
        const facts: Partial<CreditFacts> = { order, partner: as.partner(partner), creditMinor: seq };
        await insertOutboxRow(tx, {
          id: `msg_${String(at).padStart(8, "0")}`,
          destination_id: `${partner}/webhook`,
          order_key: order,
          seq,
          kind: seq === 1 ? "convert" : "adjust",
          facts: JSON.stringify(facts),
          due_at: seq === 1 ? now : null,
          created_at: now,
        });
      }
    });
  });
}

/** Starts a worker, kills it after a random number of requests and starts the next, until there is nothing to do; returns the kills. */
async function liveAndDie(
  { env }: Vendor,
  { arrivals }: MoodyTarget,
  random: Random,
  done: AbortSignal,
): Promise<number> {
  let child: ChildProcess | undefined;
  onTestFinished(() => void child?.kill("SIGKILL"));
  for (let kills = 0; ; kills++) {
    child = spawn(process.execPath, [...nodeFlags, program], { env, stdio: ["ignore", "ignore", "inherit"] });
    const gone = once(child, "exit");
    // Counted in requests rather than in milliseconds, so that a slow machine gets on between two kills too.
    const enough = arrivals.length + random.between(200, 800);
    await until(() => arrivals.length >= enough || done.aborted);
    child.kill("SIGKILL");
    await gone;
    if (done.aborted) return kills;
  }
}

async function untilSettled({ use }: Vendor): Promise<void> {
  await use(async ({ store }) => {
    await until(async () => (await store.read((tx) => countInState(tx, "pending"))) === 0);
  });
}

function expectSoundDeliveries({ arrivals }: MoodyTarget): void {
  const taken = new Map<string, number>();
  const keys = new Map<string, string>();
  const outOfOrder: string[] = [];
  const otherKeys: string[] = [];
  for (const { order, seq, key, taken: isTaken } of arrivals) {
    // The next is not sent before this one was taken, and this one not again once the next was.
    const newest = taken.get(order) ?? 0;
    if (seq !== newest && seq !== newest + 1) outOfOrder.push(`${order} ${seq} after ${newest}`);
    if (isTaken) taken.set(order, seq);
    const known = keys.get(`${order} ${seq}`) ?? key;
    if (known !== key) otherKeys.push(`${order} ${seq}`);
    keys.set(`${order} ${seq}`, key);
  }
  expect(outOfOrder).toEqual([]);
  expect(otherKeys).toEqual([]);
  expect(keys.size).toBe(messages);
  expect(new Set(keys.values()).size).toBe(messages);
  expect([...taken.values()].every((seq) => seq === messagesPerOrder)).toBe(true);
}
