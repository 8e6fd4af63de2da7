import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { draftOffer } from "../../server/src/rewards/offers.ts";
import { listRewards } from "../../server/src/rewards/rewards.ts";
import { addDays, systemClock } from "../../server/src/words/clock.ts";
import { generous } from "../channel/rewards-world.ts";
import { type Random, seededRandom } from "./random.ts";
import { clickBefore, costMinor, creditMinor, factsAbout, fateOf } from "./reward-facts.ts";
import { nodeFlags, openVendor, type Vendor } from "./vendor.ts";

/** Fewer than the 100 of a whole run: TALLYSTICK_TEST_REWARD_KILLS=100. */
const wanted = Number(process.env.TALLYSTICK_TEST_REWARD_KILLS ?? 6);
const program = fileURLToPath(new URL("reward-worker.ts", import.meta.url));
/** So many licences are renewed in each round; rounds go on until there were enough kills. */
const perRound = 8;

describe("rewards whose process is killed between any two writes", () => {
  it.each(["sqlite", "postgres"] as const)(
    "are written, lowered and redeemed once, whatever comes first, on %s",
    async (engine) => {
      const random = seededRandom(`rewards on ${engine}`);
      const vendor = await openVendor(engine);
      await vendor.use(offerPoints, () => addDays(systemClock(), -500));
      let [kills, licences] = [0, 0];
      while (kills < wanted) {
        const numbers = Array.from({ length: perRound }, () => licences++);
        kills += await playRound(vendor, random, numbers);
      }
      console.info(`${engine}: ${kills} kills over ${licences} renewals`);
      await vendor.use((deps) => expectOnce(deps, licences));
      await redeemInTwoProcesses(vendor);
    },
  );
});

/** Long before all sales. */
async function offerPoints(deps: Deps): Promise<void> {
  const most = { capPerPeriod: [{ currency: "EUR", amountMinor: 10_000_000 }], pointsPerPeriod: 10_000_000 };
  await addPlan(deps, generous(most));
  await assignPlan(deps, { plan: "generous" });
  await draftOffer(deps, { partner: "north", title: "Thank you", points: costMinor }, { isOffered: true });
}

/** Has all of some licences told in any order, by a process that is killed again and again. Returns how often. */
async function playRound(vendor: Vendor, random: Random, numbers: readonly number[]): Promise<number> {
  const names = random.shuffle(factsAbout(numbers));
  await vendor.use((deps) =>
    deps.store.write(async (tx) => {
      for (const name of names) if (!name.startsWith("refund")) await clickBefore(tx, deps, name);
    }),
  );
  // A life that is killed early has to begin anew with what was booked last, so the later ones are left more time.
  for (let kills = 0; ; kills++) {
    const child = start(vendor, names);
    const enough = random.between(1, 30 * (kills + 1));
    let words = "";
    child.stdout?.on("data", (chunk) => {
      words += String(chunk);
      if (words.length >= enough && !words.includes("d")) child.kill("SIGKILL");
    });
    const [code] = await once(child, "close");
    if (words.endsWith("done")) return kills;
    expect({ code, words }).toEqual({ code: null, words });
  }
}

const start = ({ env }: Vendor, words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...nodeFlags, program, ...words], { env, stdio: ["pipe", "pipe", "inherit"] });

/** By its fate: what is left of the reward, and what it still is. Of what went back at once there may never have been one. */
const ends = {
  kept: { state: "redeemed", points: costMinor, partnerMinor: costMinor },
  refunded: { state: "refunded", points: 0, partnerMinor: 0 },
  halved: { state: "available", points: costMinor / 2, partnerMinor: costMinor / 2 },
  refunded_late: { state: "redeemed", points: costMinor, partnerMinor: costMinor },
} as const;

async function expectOnce(deps: Deps, licences: number): Promise<void> {
  const { rewards } = await listRewards(deps, { limit: 1_000 });
  const byOrder = Map.groupBy(rewards, ({ order }) => order.order);
  let costs = 0;
  for (let at = 0; at < licences; at++) {
    const order = `renewal-${at}`;
    const fate = fateOf(order);
    const [reward, ...more] = byOrder.get(order) ?? [];
    expect({ order, more }).toEqual({ order, more: [] });
    if (reward === undefined) {
      expect(fate).toBe("refunded");
      continue;
    }
    expect(reward, order).toMatchObject(ends[fate]);
    const steps = reward.history.map(({ step }) => step);
    for (const once of ["written", "available", "redeemed"] as const)
      expect(steps.filter((step) => step === once).length, order).toBeLessThanOrEqual(1);
    costs += reward.partnerMinor;
  }
  expect([...byOrder.keys()].filter((order) => order.startsWith("first"))).toEqual([]);
  const [balance] = await readBalances(deps, { partner: "north" });
  const left = { kept: 1, refunded: 0, halved: 0.5, refunded_late: 0 };
  let earned = licences * creditMinor;
  for (let at = 0; at < licences; at++) earned += left[fateOf(`renewal-${at}`)] * creditMinor;
  expect((balance?.heldMinor ?? 0) + (balance?.payableMinor ?? 0)).toBe(earned - costs);
  expect((await verifyLedger(deps)).failures).toEqual([]);
}

async function redeemInTwoProcesses(vendor: Vendor): Promise<void> {
  const [id = ""] = await vendor.use(async (deps) => {
    const { rewards } = await listRewards(deps, { limit: 1_000 });
    return rewards.filter(({ state }) => state === "available").map(({ reward }) => reward);
  });
  const children = [start(vendor, ["redeem", id]), start(vendor, ["redeem", id])];
  const said = children.map((child) => {
    const words = { text: "" };
    child.stdout?.on("data", (chunk) => {
      words.text += String(chunk);
    });
    return words;
  });
  await Promise.all(children.map((child) => once(child.stdout as NodeJS.ReadableStream, "data")));
  const ended = children.map((child) => once(child, "close"));
  for (const child of children) child.stdin?.end("now\n");
  await Promise.all(ended);
  expect(said.map(({ text }) => text.replace("ready\n", "")).sort()).toEqual(["redeemed", "reward_settled"]);
  await vendor.use(async (deps) => {
    const reward = (await listRewards(deps, { limit: 1_000 })).rewards.find((one) => one.reward === id);
    expect(reward?.history.filter(({ step }) => step === "redeemed")).toHaveLength(1);
    expect((await verifyLedger(deps)).failures).toEqual([]);
  });
}
