import type { EarnedReward } from "../../../orders/explain/order-reward.ts";
import { type Html, html } from "../../../pages/html.ts";
import { card } from "../../../pages/parts.ts";
import type { Desk } from "../kit/desk.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";

/** What a renewal earned its customer; nothing where it earned none. */
export function rewardCard(desk: Desk, earned: readonly EarnedReward[]): Html | undefined {
  const { say } = desk;
  if (earned.length === 0) return undefined;
  return card({
    title: say.say("nav_rewards"),
    content: plainTable<EarnedReward>(desk, say.say("nav_rewards"), earned, [
      {
        heading: say.say("reward_one"),
        cell: ({ reward, kind, points }) =>
          html`<a href="/console/rewards/${reward}">${kind === "coupon" ? say.say("reward_coupon") : say.say("reward_count", { count: points })}</a>`,
      },
      { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
      { heading: say.say("state"), cell: ({ state }) => say.say(`reward_${state}`) },
      {
        heading: say.say("reward_cost"),
        isFigure: true,
        cell: ({ costMinor, currency }) => say.money(costMinor, currency),
      },
    ]),
  });
}
