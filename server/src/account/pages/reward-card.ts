import { rewardsTexts } from "../../messages/rewards/index.ts";
import { speak } from "../../messages/speak.ts";
import { addressOf } from "../../pages/address.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { badge, card, idText } from "../../pages/parts.ts";
import { type CustomerReward, listCustomerRewards } from "../../rewards/customer-rewards.ts";
import { rewardTones } from "../../rewards/reward-words.ts";
import { instant } from "../../words/clock.ts";
import type { Visit } from "./account-page.ts";

/** A reward that was taken back is over for her: nothing that she did wrong. */
const tones: typeof rewardTones = { ...rewardTones, revoked: "off" };

/** What sellers gave the customer for renewals. Nothing where there is none. */
export async function rewardCard({ c, deps, kit, say: { tag }, customer }: Visit): Promise<Html | ""> {
  const rows = await listCustomerRewards(deps, deps.hashes.email(customer.mail));
  if (rows.length === 0) return "";
  const { say, money, day } = await speak(rewardsTexts, [tag]);
  const products = [...deps.config.products.values()];
  return card({
    title: say("rewards_yours"),
    lead: say("rewards_yours_lead"),
    content: listTable<CustomerReward>({
      kit,
      caption: say("rewards_yours"),
      rows,
      address: addressOf(c.req.url),
      empty: { title: "" },
      columns: [
        {
          heading: say("reward_one"),
          cell: ({ title, partnerName, product }) =>
            html`<bdi>${title}</bdi> <span class="sub">${partnerName}${product !== null && html` · ${products.find(({ id }) => id === product)?.name ?? product}`}</span>`,
        },
        {
          heading: say("reward_what"),
          cell: ({ kind, points, worthMinor, currency }) =>
            kind === "points"
              ? say("reward_count", { count: points })
              : `${say("reward_coupon")}, ${money(worthMinor, currency)}`,
        },
        {
          heading: say("reward_expires"),
          cell: ({ state, expiresAt }) =>
            state === "available" && expiresAt !== null
              ? html`<span class="nowrap">${day(instant(Date.parse(expiresAt)))}</span>`
              : badge(say(state === "waiting" ? "reward_not_yet" : `reward_${state}`), tones[state]),
        },
        {
          heading: say("reward_code"),
          cell: ({ kind, state, code, reward, partnerName }) => {
            if (state !== "available") return "–";
            if (kind === "points") return say("reward_how", { reward, partner: partnerName });
            return code === null
              ? say("reward_code_follows")
              : html`<code>${idText(code)}</code> <span class="sub">${reward}</span>`;
          },
        },
      ],
    }),
  });
}
