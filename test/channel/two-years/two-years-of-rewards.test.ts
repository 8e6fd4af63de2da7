import { expect, it } from "vitest";
import { suspicionCodes } from "../../../server/src/attribution/suspicion-codes.ts";
import type { Deps } from "../../../server/src/deps/deps.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { followRewards } from "../../../server/src/rewards/follow-rewards.ts";
import { draftOffer } from "../../../server/src/rewards/offers.ts";
import { listRewards, type Reward } from "../../../server/src/rewards/rewards.ts";
import { Refusal } from "../../../server/src/words/refusal.ts";
import { openReceiverWorld } from "../../journey/receiver-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { playStory } from "./play.ts";
import { withRewards, workOutRewards } from "./reward-oracle.ts";
import { tellStory } from "./story.ts";

/** More by hand: `TWO_YEARS_REWARDED=5000`; another seed tells another story: `TWO_YEARS_SEED=7`. */
const orders = Number(process.env.TWO_YEARS_REWARDED ?? 250);
const seed = Number(process.env.TWO_YEARS_SEED ?? 20_261_130);
const days = 500;
/** From then on partners offer points, the second half of them a month later. */
const offersOn = [60, 90];
const points = 40;

onEveryEngine(`two years of ${orders} orders from seed ${seed} that earn rewards`, (bench) => {
  it("leave of each reward what a second reckoning has", { timeout: 1_200_000 + orders * 100 }, async () => {
    const world = await openReceiverWorld(bench, {
      attribution: { windowDays: { token: 1830, coupon: null, email: 730 } },
      trust: { suspicions: Object.fromEntries(suspicionCodes.map((code) => [code, "off"])) },
    });
    const { deps } = world;
    const story = withRewards(tellStory(seed, { partners: 12, orders, days }));
    const partners = story.days.flat().flatMap((deed) => (deed.does === "joins" ? [deed.partner] : []));
    const offers = new Map<string, number>();
    await playStory(world, story, async (day) => {
      const half = offersOn.indexOf(day);
      if (half >= 0)
        for (const partner of partners.filter((_, at) => at % 2 === half))
          if (await offer(deps, partner)) offers.set(partner, deps.clock());
      await followRewards(deps);
    });
    const found = new Map(
      (await everyReward(deps)).map(({ order, points, partnerMinor, vendorMinor }) => [
        order.order,
        { points, partnerMinor, vendorMinor },
      ]),
    );
    const expected = workOutRewards(story, { offers, points });
    expect([...found].sort()).toEqual([...expected].sort());
    expect((await verifyLedger(deps)).failures).toEqual([]);
    // The story is worth telling: many were earned, and some were lowered or taken back.
    const left = [...expected.values()].map((one) => one.points);
    expect(left.filter((one) => one === points).length).toBeGreaterThan(10);
    expect(left.some((one) => one < points)).toBe(true);
  });
});

/** False where no plan is the partner's yet. */
async function offer(deps: Deps, partner: string): Promise<boolean> {
  try {
    await draftOffer(deps, { partner, title: "Thank you", points }, { isOffered: true });
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "reward_not_allowed") return false;
    throw error;
  }
}

async function everyReward(deps: Deps): Promise<Reward[]> {
  const rewards: Reward[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listRewards(deps, { limit: 1_000, after });
    rewards.push(...page.rewards);
    if (page.next === null) return rewards;
    after = page.next;
  }
}
