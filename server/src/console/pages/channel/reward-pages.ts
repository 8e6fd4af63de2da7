import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { badge, buttonLink, card, facts, idText, listedId } from "../../../pages/parts.ts";
import { earnedText, rewardTones } from "../../../rewards/reward-words.ts";
import {
  listRewards,
  type Reward,
  type RewardDeed,
  showReward,
  takeRewardDeed,
} from "../../../rewards/rewards.ts";
import { type ConsoleRoute, may, type Params, readers, rulers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { dayText, orderPath, timeText } from "../kit/shown.ts";

const pageRows = 50;
const rewardsPath = "/console/rewards";
const rewardPath = (id: string): string => `${rewardsPath}/${encodeURIComponent(id)}`;
const crumbs = ({ say }: Desk) => [html`<a href="${rewardsPath}">${say.say("nav_rewards")}</a>`];

/** What renewals earned their customers, the newest first. */
async function rewardsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { rewards, next } = await listRewards(deps, {
    partner: given(address.query, "partner"),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<Reward>(desk, {
    title: say.say("nav_rewards"),
    lead: say.say("rewards_desk_lead"),
    actions: buttonLink(say.say("reward_offers"), "/console/reward-offers"),
    file: "rewards",
    columns: rewardColumns(desk),
    rows: rewards,
    filters: [partnerFilter(desk)],
    next,
    empty: { title: say.say("rewards_none") },
  });
}

const rewardColumns = (desk: Desk): ListColumn<Reward>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("reward_one"),
      cell: ({ reward }) => html`<a class="code" href="${rewardPath(reward)}">${listedId(reward)}</a>`,
      text: ({ reward }) => reward,
    },
    {
      heading: say.say("partner"),
      sort: "partner",
      cell: ({ partner }) => partnerLink(partner),
      text: ({ partner }) => partner,
    },
    {
      heading: say.say("order"),
      cell: ({ order }) =>
        html`<a class="code" href="${orderPath(order.shop, order.order)}">${listedId(order.order)}</a>`,
      text: ({ order }) => order.order,
    },
    {
      heading: say.say("reward_what"),
      cell: (one) => earnedText(say, one),
      text: (one) => earnedText(say, one),
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state }) => badge(say.say(`reward_${state}`), rewardTones[state]),
      text: ({ state }) => state,
    },
    {
      heading: say.say("reward_cost"),
      sort: "cost",
      isFigure: true,
      cell: ({ costMinor, currency }) => say.money(costMinor, currency),
      text: ({ costMinor }) => costMinor,
    },
    {
      heading: say.say("reward_expires"),
      cell: ({ expiresAt }) => (expiresAt === null ? "–" : dayText(desk, expiresAt)),
      text: ({ expiresAt }) => expiresAt,
    },
  ];
};

/** One reward: whose it is, what it costs whom, what became of it, and what may be done with it. */
async function rewardPage(desk: Desk, id: string): Promise<Response> {
  const { say } = desk;
  const reward = await showReward(desk.deps, id);
  const money = (minor: number) => say.money(minor, reward.currency);
  return consolePage(desk, {
    title: `${say.say("reward_one")}: ${earnedText(say, reward)}`,
    crumbs: [...crumbs(desk), html`<code>${idText(id)}</code>`],
    lead: badge(say.say(`reward_${reward.state}`), rewardTones[reward.state]),
    content: html`<div class="grid">${card({
      title: say.say("facts"),
      content: facts([
        [say.say("partner"), partnerLink(reward.partner)],
        [
          say.say("order"),
          html`<a href="${orderPath(reward.order.shop, reward.order.order)}">${idText(reward.order.order)}</a>`,
        ],
        [say.say("product"), reward.product],
        [say.say("reward_commission"), money(reward.full.commissionMinor)],
        [say.say("reward_borne_partner"), money(reward.partnerMinor)],
        [say.say("reward_borne_vendor"), money(reward.vendorMinor)],
        [say.say("reward_expires"), reward.expiresAt && dayText(desk, reward.expiresAt)],
      ]),
    })}${deedCard(desk, reward)}${card({
      title: say.say("reward_history"),
      wide: true,
      content: html`<ol class="steps">${reward.history.map(
        ({ step, at, note, points, costMinor }) =>
          html`<li><p><b>${stepText(desk, step)}</b>${note !== null && html`: ${note}`} <span class="sub">${reward.kind === "points" && html`${say.say("reward_count", { count: points })}, `}${money(costMinor)} · ${timeText(desk, at)}</span></p></li>`,
      )}</ol>`,
    })}</div>`,
  });
}

function stepText({ say }: Desk, step: Reward["history"][number]["step"]): string {
  if (step === "written" || step === "changed" || step === "available") return say.say(`reward_step_${step}`);
  return say.say(`reward_${step}`);
}

/** What may be done with a reward, each by a page of its own that says what comes of it. */
function deedCard(desk: Desk, { reward, state, hasCode }: Reward): Html | undefined {
  const { say } = desk;
  if (!may(desk, rulers) || (state !== "waiting" && state !== "available")) return undefined;
  const mayRedeem = state === "available" && hasCode !== false;
  return card({
    title: say.say("reward_action"),
    content: html`<div class="actions">${mayRedeem && buttonLink(say.say("reward_redeem"), `${rewardPath(reward)}/redeem`, true)}${buttonLink(say.say("reward_revoke"), `${rewardPath(reward)}/end`)}</div>`,
  });
}

/** The same as `reward redeem` and `reward end` of a reward: says of which, then does it. */
const deedOf =
  (step: RewardDeed["step"]) =>
  (desk: Desk, { id = "" }: Params): Deed<{ note: string | undefined }> => {
    const { say, deps } = desk;
    const label = say.say(step === "redeemed" ? "reward_redeem" : "reward_revoke");
    return {
      title: `${label}: ${id}`,
      lead: say.say(step === "redeemed" ? "reward_redeem_lead" : "reward_revoke_lead"),
      crumbs: [...crumbs(desk), html`<a href="${rewardPath(id)}"><code>${id}</code></a>`],
      back: rewardPath(id),
      names: ["note"],
      fields: (value) => line("note", say.say("note"), value("note"), { maxlength: 1_000 }),
      read: (field) => ({ note: field("note") }),
      label: say.say("go_on"),
      isDanger: step === "revoked",
      rehearse: async ({ note }) => {
        const reward = await showReward(deps, id);
        const money = (minor: number) => say.money(minor, reward.currency);
        return {
          content: facts([
            [say.say("partner"), partnerLink(reward.partner)],
            [say.say("order"), reward.order.order],
            [say.say("reward_what"), earnedText(say, reward)],
            [say.say("state"), badge(say.say(`reward_${reward.state}`), rewardTones[reward.state])],
            [say.say("reward_borne_partner"), money(reward.partnerMinor)],
            [say.say("reward_borne_vendor"), money(reward.vendorMinor)],
            [say.say("note"), note],
          ]),
          label,
        };
      },
      act: async ({ note }) => {
        await takeRewardDeed(deps, id, { step, note });
        return goTo(rewardPath(id), "kept");
      },
    };
  };

/** The pages of rewards. */
export const rewardRoutes: readonly ConsoleRoute[] = [
  ["get", rewardsPath, readers, rewardsPage],
  ["get", `${rewardsPath}/{id}`, readers, (desk, { id = "" }) => rewardPage(desk, id)],
  ...deedRoutes(`${rewardsPath}/{id}/redeem`, rulers, deedOf("redeemed")),
  ...deedRoutes(`${rewardsPath}/{id}/end`, rulers, deedOf("revoked")),
];
