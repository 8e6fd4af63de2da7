import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { listRewards, takeRewardDeed } from "../../server/src/rewards/rewards.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { Refusal } from "../../server/src/words/refusal.ts";
import { factOf, isLate, isRedeemed } from "./reward-facts.ts";
import { openToldDeps } from "./told-deps.ts";

/**
 * Takes what shops tell of renewals, in the order that the arguments give, lets their rewards follow, redeems some and
 * takes what goes back after that; by a process that goes on where the one before it was killed. It says a letter on
 * standard output before and after each write, so that whoever kills it does so between any two. With `redeem` and an id it
 * waits for a line on standard input and redeems that reward alone.
 */
const { opened, deps } = await openToldDeps();

/** What is sold now can be redeemed once its commission is payable. */
const later = { ...deps, clock: () => addDays(deps.clock(), 40) };

const [first = "", id = ""] = process.argv.slice(2);
if (first === "redeem") await redeemAtOnce();
else await goOn(process.argv.slice(2));
await opened.store.close();

async function goOn(names: readonly string[]): Promise<void> {
  const events = await opened.store.cold.selectFrom("events").select("event_id").execute();
  const known = new Set(events.map(({ event_id }) => String(event_id)));
  const take = async (name: string) => {
    const event = factOf(name, deps);
    if (known.has(event.eventId)) return;
    await deps.store.write((tx) => recordEvent(tx, deps, { shop: as.shop("stripe"), event }, deps.clock()));
  };
  for (const [at, name] of names.entries()) {
    if (!isLate(name)) await take(name);
    if (at % 7 === 6) await followRewards(deps);
  }
  await releaseDue(later);
  const { rewards } = await listRewards(later, { limit: 1_000 });
  for (const { reward, state, order } of rewards)
    if (state === "available" && isRedeemed(order.order))
      await takeRewardDeed(later, reward, { step: "redeemed" });
  for (const name of names.filter(isLate)) await take(name);
  await followRewards(later);
  process.stdout.write("done");
}

async function redeemAtOnce(): Promise<void> {
  process.stdout.write("ready\n");
  await new Promise((resolve) => process.stdin.once("data", resolve));
  process.stdin.pause();
  try {
    await takeRewardDeed({ ...deps, store: opened.store }, id, { step: "redeemed" });
    process.stdout.write("redeemed");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stdout.write(error.code);
  }
}
