import { workOut } from "./oracle.ts";
import type { PlanText } from "./plans.ts";
import type { Deed, Story } from "./story.ts";

/** What every plan of the story allows: a point is a cent, of which the vendor bears a quarter; no cap is ever reached. */
export const allowed = {
  kinds: ["points"],
  capPerRenewal: [{ currency: "EUR", amountMinor: 100_000 }],
  capPerPeriod: [{ currency: "EUR", amountMinor: 1_000_000_000 }],
  pointValue: [{ currency: "EUR", points: 1, amountMinor: 1 }],
  pointsPerRenewal: 100_000,
  pointsPerPeriod: 1_000_000_000,
  vendorShareBp: 2_500,
};

/** The same story, in which every plan allows rewards. */
export const withRewards = (story: Story): Story => ({
  ...story,
  days: story.days.map((deeds) =>
    deeds.map(
      (deed): Deed =>
        deed.does === "plans" ? { ...deed, plan: { ...deed.plan, rewards: allowed } as PlanText } : deed,
    ),
  ),
});

/** What is left of a reward at the end. Minor units. */
export interface LeftReward {
  points: number;
  partnerMinor: number;
  vendorMinor: number;
}

/**
 * Works out what is left of every renewal's reward at the end of a story, by order: from docs/rewards.md, and from nothing of
 * the program. A reward is written on the first evening on which something of the seller's commission is there.
 *
 * @param offers since when each partner offers points, milliseconds since 1970
 */
export function workOutRewards(
  story: Story,
  { offers, points }: { offers: ReadonlyMap<string, number>; points: number },
): Map<string, LeftReward> {
  const written = new Map<string, LeftReward & { full: number; share: string }>();
  let left = new Map<string, number>();
  for (let day = 0; day < story.days.length; day++) {
    const until = (leaves: readonly Deed["does"][]) =>
      workOut({
        ...story,
        days: story.days
          .slice(0, day + 1)
          .map((deeds) => deeds.filter(({ does }) => does !== "closes" && !leaves.includes(does))),
      });
    const now = until([]);
    left = now.orders;
    const whole = until(["refunds", "disputes"]).orders;
    for (const [order, { seller, renewal, soldAt, sells, planOfDay }] of now.told) {
      const share = `${order} ${seller}`;
      const since = offers.get(seller);
      const isFit =
        renewal > 0 &&
        sells.currency === "EUR" &&
        planOfDay !== undefined &&
        since !== undefined &&
        soldAt >= since;
      if (!isFit || written.has(order) || (left.get(share) ?? 0) <= 0) continue;
      const full = whole.get(share) ?? 0;
      // The partner bears three quarters, which its commission has to reach.
      const given = Math.min(points, Math.floor((full * 4) / 3));
      const vendorMinor = Math.ceil(given / 4);
      if (given > 0)
        written.set(order, { points: given, partnerMinor: given - vendorMinor, vendorMinor, full, share });
    }
  }
  return new Map(
    [...written].map(([order, { full, share, ...reward }]) => {
      const kept = Math.min(Math.max(left.get(share) ?? 0, 0), full);
      const part = (amount: number) => Math.floor((amount * kept) / full);
      return [
        order,
        {
          points: part(reward.points),
          partnerMinor: part(reward.partnerMinor),
          vendorMinor: part(reward.vendorMinor),
        },
      ];
    }),
  );
}
