import type { RewardState } from "../../commission/settle-reward.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import type { ListColumn } from "../../pages/listing.ts";
import { type BadgeTone, badge, buttonLink, card, facts, idText, outcomeNotice } from "../../pages/parts.ts";
import { listOffers, type RewardOffer, takeOfferStep } from "../../rewards/offers.ts";
import { listRewards, type Reward, showReward, takeRewardDeed } from "../../rewards/rewards.ts";
import { Refusal } from "../../words/refusal.ts";
import { type ConsoleRoute, may, planners, readers, rulers } from "./console-route.ts";
import { consolePage, type Desk, formFields, given, goTo } from "./desk.ts";
import { entered, line, radios } from "./fields.ts";
import { listPage } from "./list-page.ts";
import { orAgain } from "./order-actions.ts";
import { dayText, orderPath, partnerLink, timeText } from "./shown.ts";

const pageRows = 50;
const rewardsPath = "/console/rewards";
const offersPath = "/console/reward-offers";
const rewardPath = (id: string): string => `${rewardsPath}/${encodeURIComponent(id)}`;
const tones: Readonly<Record<RewardState, BadgeTone>> = {
  waiting: "wait",
  available: "good",
  refunded: "off",
  redeemed: "plain",
  revoked: "bad",
  expired: "off",
};
const offerTones: Readonly<Record<RewardOffer["state"], BadgeTone>> = {
  draft: "wait",
  offered: "good",
  ended: "off",
  over: "off",
};

const whatOf = ({ say }: Desk, { kind, points }: Reward): string =>
  kind === "coupon" ? say.say("reward_coupon") : say.say("reward_count", { count: points });

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
    actions: buttonLink(say.say("reward_offers"), offersPath),
    file: "rewards",
    columns: rewardColumns(desk),
    rows: rewards,
    filters: [{ name: "partner", label: say.say("partner") }],
    next,
    empty: { title: say.say("rewards_none") },
  });
}

const rewardColumns = (desk: Desk): ListColumn<Reward>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("reward_one"),
      cell: ({ reward }) => html`<a href="${rewardPath(reward)}"><code>${idText(reward)}</code></a>`,
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
      cell: ({ order }) => html`<a href="${orderPath(order.shop, order.order)}">${order.order}</a>`,
      text: ({ order }) => order.order,
    },
    { heading: say.say("reward_what"), cell: (one) => whatOf(desk, one), text: (one) => whatOf(desk, one) },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state }) => badge(say.say(`reward_${state}`), tones[state]),
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
async function rewardPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const reward = await showReward(desk.deps, id);
  const money = (minor: number) => say.money(minor, reward.currency);
  return consolePage(desk, {
    title: `${say.say("reward_one")}: ${whatOf(desk, reward)}`,
    crumbs: [html`<a href="${rewardsPath}">${say.say("nav_rewards")}</a>`, html`<code>${idText(id)}</code>`],
    lead: badge(say.say(`reward_${reward.state}`), tones[reward.state]),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}<div class="grid">${card({
      title: say.say("facts"),
      content: facts([
        [say.say("partner"), partnerLink(reward.partner)],
        [
          say.say("order"),
          html`<a href="${orderPath(reward.order.shop, reward.order.order)}">${reward.order.order}</a>`,
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

function deedCard(desk: Desk, { reward, state, hasCode }: Reward): Html | undefined {
  const { say } = desk;
  if (!may(desk, rulers) || (state !== "waiting" && state !== "available")) return undefined;
  const deeds = [
    ...(state === "available" && hasCode !== false ? [["redeemed", say.say("reward_redeem")] as const] : []),
    ["revoked", say.say("reward_revoke")] as const,
  ];
  return card({
    title: say.say("reward_action"),
    lead: `${say.say("reward_redeem_lead")} ${say.say("reward_revoke_lead")}`,
    content: html`<form method="post" action="${rewardPath(reward)}">${hiddenFields(formFields(desk))}${radios("step", say.say("what"), deeds, entered(desk, "step") || (deeds[0]?.[0] ?? ""))}
${line("note", say.say("note"), entered(desk, "note"), { maxlength: 1_000 })}
<div class="actions"><button class="main">${say.say("go_on")}</button></div></form>`,
  });
}

/** The same as `reward redeem` and `reward end`. */
const takeDeed = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => rewardPage(desk, id, problem),
    async () => {
      const form = desk.c.get("form");
      const step = given(form, "step");
      if (step !== "redeemed" && step !== "revoked")
        throw new Refusal("request_invalid", "Say what became of it.");
      await takeRewardDeed(desk.deps, id, { step, note: given(form, "note") });
      return goTo(rewardPath(id));
    },
  );

/** What partners offer for renewals, the newest first. */
async function offersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { offers, next } = await listOffers(deps, {
    partner: given(address.query, "partner"),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<RewardOffer>(desk, {
    title: say.say("reward_offers"),
    lead: say.say("rewards_desk_lead"),
    crumbs: [html`<a href="${rewardsPath}">${say.say("nav_rewards")}</a>`],
    file: "reward-offers",
    columns: offerColumns(desk),
    rows: offers,
    filters: [{ name: "partner", label: say.say("partner") }],
    next,
    empty: { title: say.say("reward_offers_none") },
  });
}

const offerColumns = (desk: Desk): ListColumn<RewardOffer>[] => {
  const { say } = desk;
  const what = ({ kind, points, pointsPerUnit, coupon }: RewardOffer) =>
    kind === "coupon"
      ? `${say.say("reward_coupon")}, ${say.money(coupon?.amountMinor ?? 0, coupon?.currency ?? "")}`
      : points === null
        ? say.say("reward_per_unit", { count: pointsPerUnit ?? 0 })
        : say.say("reward_count", { count: points });
  const from = ({ from, offeredAt }: RewardOffer) => from ?? offeredAt;
  const until = ({ until, endedAt }: RewardOffer) => endedAt ?? until;
  const day = (iso: string | null) => (iso === null ? "–" : dayText(desk, iso));
  return [
    {
      heading: say.say("reward_title"),
      cell: ({ title, offer }) => html`<bdi>${title}</bdi> <code class="sub">${offer}</code>`,
      text: ({ title }) => title,
    },
    {
      heading: say.say("partner"),
      sort: "partner",
      cell: ({ partner }) => partnerLink(partner),
      text: ({ partner }) => partner,
    },
    { heading: say.say("reward_what"), cell: what, text: what },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state }) => badge(say.say(`reward_${state}_state`), offerTones[state]),
      text: ({ state }) => state,
    },
    { heading: say.say("reward_from"), cell: (one) => day(from(one)), text: from },
    { heading: say.say("reward_until"), cell: (one) => day(until(one)), text: until },
    {
      heading: say.say("reward_do_end"),
      cell: (one) => (may(desk, planners) && one.state !== "ended" ? endForm(desk, one) : ""),
      text: () => null,
    },
  ];
};

const endForm = (desk: Desk, { offer, title, state }: RewardOffer): Html => {
  const label = desk.say.say(state === "draft" ? "reward_do_discard" : "reward_do_end");
  return html`<form method="post" action="${offersPath}">${hiddenFields({ ...formFields(desk), offer })}<button aria-label="${`${label}: ${title}`}">${label}</button></form>`;
};

/** The same as `reward end` of an offer. */
async function endOffer(desk: Desk): Promise<Response> {
  await takeOfferStep(desk.deps, given(desk.c.get("form"), "offer") ?? "", { step: "ended" });
  return goTo(offersPath);
}

/** The pages of rewards. */
export const rewardRoutes: readonly ConsoleRoute[] = [
  ["get", rewardsPath, readers, rewardsPage],
  ["get", `${rewardsPath}/{id}`, readers, (desk, { id = "" }) => rewardPage(desk, id)],
  ["post", `${rewardsPath}/{id}`, rulers, (desk, { id = "" }) => takeDeed(desk, id)],
  ["get", offersPath, readers, offersPage],
  ["post", offersPath, planners, endOffer],
];
