import { nothing } from "../commission/settle-reward.ts";
import { outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { OrderKey } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { overlapMilliseconds } from "./progress.ts";
import {
  findRenewalsBeside,
  putProgress,
  readProgress,
  walkMovements,
  walkOrderKeys,
} from "./rows/progress.ts";
import { findExpired, findReward } from "./rows/rewards.ts";
import type { RewardProgressRow } from "./rows/schema.ts";
import { settleOrderRewards } from "./settle-order-rewards.ts";
import { logSteps, takeStep } from "./take-step.ts";

type World = Pick<Deps, "store" | "clock" | "log">;

const pageSize = 500;

/**
 * Writes and settles the rewards of all that was booked, and of all orders that came, since the last time; lets those run
 * out whose time has come. Beside the sales, which do not wait for it. Safe to run at any time and on many processes: an
 * order's rewards are settled in one transaction, and settling again changes nothing. It is nobody's deed, whoever reads a
 * list that sets it off.
 */
export const followRewards = (deps: World): Promise<void> => outsideDeeds(() => follow(deps));

async function follow(deps: World): Promise<void> {
  const known = await deps.store.read(readProgress);
  // Nobody has ever offered anything.
  if (known === undefined) return;
  const now = deps.clock();
  const progress = { ...known };
  // What lies ahead of now was read when the clock was ahead.
  const overlap = firstOrderKey(instant(now - overlapMilliseconds));
  if (progress.after_key > overlap) progress.after_key = overlap;
  await followJournal(deps, progress, now);
  await followOrders(deps, progress, overlap);
  if (progress.after_id !== known.after_id || progress.after_key !== known.after_key)
    await deps.store.write((tx) => putProgress(tx, progress));
  await expireRewards(deps);
}

async function followJournal(deps: World, progress: RewardProgressRow, now: Instant): Promise<void> {
  const { store } = deps;
  // One writer numbers in the order of commits; of several, one that is slow may commit a lower number later.
  const sure = store.engine === "sqlite" ? Number.POSITIVE_INFINITY : now - overlapMilliseconds;
  let isSure = true;
  for (let after = progress.after_id; ; ) {
    const page = await store.read((tx) => walkMovements(tx, { after, limit: pageSize }));
    const concerned = page.flatMap(({ order_key, concerns }) =>
      order_key !== null && Number(concerns) === 1 ? [order_key] : [],
    );
    await settleAll(deps, concerned);
    for (const { id, booked_at } of page) {
      isSure &&= booked_at <= sure;
      if (isSure) progress.after_id = id;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
  }
}

async function followOrders(deps: World, progress: RewardProgressRow, overlap: OrderKey): Promise<void> {
  for (let after = progress.after_key; ; ) {
    const keys = await deps.store.read((tx) => walkOrderKeys(tx, { after, limit: pageSize }));
    const first = keys[0];
    const last = keys.at(-1);
    if (first === undefined || last === undefined) return;
    await settleAll(deps, await deps.store.read((tx) => findRenewalsBeside(tx, { first, last })));
    progress.after_key = last < overlap ? last : overlap;
    if (keys.length < pageSize) return;
    after = last;
  }
}

async function settleAll(deps: World, keys: readonly OrderKey[]): Promise<void> {
  for (const key of new Set(keys))
    logSteps(deps.log, await deps.store.write((tx) => settleOrderRewards(tx, key, deps.clock())));
}

/** Lets rewards run out that nobody redeemed in time: what was set aside goes back. */
async function expireRewards(deps: World): Promise<void> {
  const now = deps.clock();
  for (;;) {
    const due = await deps.store.read((tx) => findExpired(tx, { now, limit: pageSize }));
    for (const { reward_id, partner_id } of due) {
      const row = await deps.store.write(async (tx) => {
        await lockName(tx, `rewards ${partner_id}`);
        const found = await findReward(tx, reward_id);
        if (found?.state !== "available" || (found.expires_at ?? now) > now) return undefined;
        return takeStep(tx, found, { step: "expired", state: "expired", after: nothing }, now);
      });
      if (row !== undefined) logSteps(deps.log, [{ row, step: "expired" }]);
    }
    if (due.length < pageSize) return;
  }
}
