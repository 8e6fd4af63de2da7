import type { RewardTerms } from "../../commission/reward-terms.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { formToken } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { listing, listTable } from "../../pages/listing.ts";
import { badge, card, emptyState, idText } from "../../pages/parts.ts";
import { readPartnerPlan } from "../../plans/partner-plan.ts";
import { addCodes } from "../../rewards/codes.ts";
import { readOfferForm } from "../../rewards/offer-form.ts";
import { draftOffer, takeOfferStep } from "../../rewards/offers.ts";
import { earnedText, offerText, offerTones, rewardTones } from "../../rewards/reward-words.ts";
import { listPartnerRewards, type PartnerReward, takeRewardDeed } from "../../rewards/rewards.ts";
import { listOffers, type RewardOffer, showOffer } from "../../rewards/shown-offers.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { confirmPage, isConfirmed } from "./confirm-page.ts";
import { goTo, refusedNotice } from "./named-page.ts";
import { everyone, moneyPeople, type PortalFace, portalFace, portalPage } from "./portal-face.ts";
import { rewardOfferForm } from "./reward-form.ts";

const path = "/portal/rewards";
const show = pageRoute({
  who: everyone,
  operationId: "showPortalRewards",
  method: "get",
  path,
  summary: "What a partner gives her customers for renewals, and what became of it",
});
const change = pageRoute({
  who: moneyPeople,
  operationId: "changePortalRewards",
  method: "post",
  path,
  summary: "Draft, offer and end what is given for renewals, add codes, mark a reward as redeemed",
});

const pageRows = 50;

/** The page of what a partner gives her customers for renewals. */
export function addRewardPages(app: App, deps: Deps): void {
  app.serve(show, async (c) => rewardsPage(deps, await portalFace(deps, c)));
  app.serve(change, async (c) => {
    const face = await portalFace(deps, c);
    const form = c.get("form") ?? new URLSearchParams();
    try {
      return (await act(deps, face, form)) ?? goTo(path);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return rewardsPage(deps, face, { form, refusal: error });
    }
  });
}

async function act(deps: Deps, face: PortalFace, form: URLSearchParams): Promise<Response | undefined> {
  const owner = face.person.partner;
  const id = (form.get("id") ?? "").slice(0, 64).toWellFormed();
  switch (form.get("do")) {
    case "draft":
      await draftOffer(deps, { partner: owner, ...readOfferForm((name) => form.get(name)) });
      return undefined;
    case "offer":
      await takeOfferStep(deps, id, { step: "offered" }, { owner });
      return undefined;
    case "end":
      if (!isConfirmed(form)) return askEnd(deps, face, id);
      await takeOfferStep(deps, id, { step: "ended" }, { owner });
      return undefined;
    case "codes":
      await addCodes(deps, id, (form.get("codes") ?? "").split(/\s+/), { owner });
      return undefined;
    case "redeem":
      if (!isConfirmed(form)) return askRedeem(deps, face, id);
      await takeRewardDeed(deps, id, { step: "redeemed" }, { owner });
      return undefined;
    default:
      throw new Refusal("request_invalid", "That is nothing this page does.");
  }
}

function askRedeem(deps: Deps, face: PortalFace, id: string): Response {
  const { say } = face.speech;
  return confirmPage(deps, face, {
    title: `${say("reward_redeem")}: ${id}`,
    text: say("reward_redeem_lead"),
    action: path,
    sent: { do: "redeem", id },
    label: say("reward_redeem"),
    back: path,
  });
}

/** What of a partner ends is asked for with what comes of it; of another's, as of one that is not there, nothing is said. */
async function askEnd(deps: Deps, face: PortalFace, id: string): Promise<Response> {
  const { say } = face.speech;
  const { title, state } = await showOffer(deps, id, { owner: face.person.partner });
  const label = say(state === "draft" ? "reward_do_discard" : "reward_do_end");
  return confirmPage(deps, face, {
    title: `${label}: ${title}`,
    text: say(state === "draft" ? "reward_discard_lead" : "reward_end_lead"),
    action: path,
    sent: { do: "end", id },
    label,
    back: path,
  });
}

interface Refused {
  form: URLSearchParams;
  refusal: Refusal;
}

async function rewardsPage(deps: Deps, face: PortalFace, refused?: Refused): Promise<Response> {
  const { say } = face.speech;
  const { partner, role } = face.person;
  const mayChange = role !== "viewer";
  const [{ rewards: terms }, { offers }] = await Promise.all([
    readPartnerPlan(deps, partner),
    listOffers(deps, { partner, limit: 200 }),
  ]);
  const parts = {
    title: say("nav_rewards"),
    lead: say("rewards_lead"),
    content: html`${refused && refusedNotice(face, refused.refusal)}<div class="grid">${termsCard(face, terms)}${
      mayChange && terms !== null && rewardOfferForm(deps, face, { path, terms, form: refused?.form })
    }${offersCard(face, offers, mayChange)}${await rewardsCard(deps, face, mayChange)}</div>`,
  };
  return portalPage(deps, face, parts, refused === undefined ? 200 : problems[refused.refusal.code].status);
}

function termsCard({ speech }: PortalFace, terms: RewardTerms | null): Html {
  const { say, money, percent } = speech;
  if (terms === null)
    return card({ title: say("reward_allowed"), content: emptyState(say("reward_allowed_none")) });
  return card({
    title: say("reward_allowed"),
    content: html`<ul>${terms.kinds.map((kind) => html`<li>${say(`reward_${kind}`)}</li>`)}${terms.capPerRenewal.map(
      ({ currency, amountMinor }) =>
        html`<li>${say("reward_cap", {
          renewal: money(amountMinor, currency),
          period: money(
            terms.capPerPeriod.find((one) => one.currency === currency)?.amountMinor ?? 0,
            currency,
          ),
        })}</li>`,
    )}${
      terms.pointsPerRenewal !== undefined &&
      html`<li>${say("reward_cap", {
        renewal: say("reward_count", { count: terms.pointsPerRenewal }),
        period: say("reward_count", { count: terms.pointsPerPeriod ?? 0 }),
      })}</li>`
    }${terms.pointValue.map(
      ({ points, amountMinor, currency }) =>
        html`<li>${say("reward_count", { count: points })} = ${money(amountMinor, currency)}</li>`,
    )}${terms.vendorShareBp > 0 && html`<li>${say("reward_share", { share: percent(terms.vendorShareBp) })}</li>`}</ul>`,
  });
}

/** A day on one line; a dash where there is none. */
const dayOf = ({ speech }: PortalFace, iso: string | null): Html | string =>
  iso === null ? "–" : html`<span class="nowrap">${speech.day(instant(Date.parse(iso)))}</span>`;

function offersCard(face: PortalFace, offers: readonly RewardOffer[], mayChange: boolean): Html {
  const { say } = face.speech;
  const day = (iso: string | null) => dayOf(face, iso);
  return card({
    title: say("reward_offers"),
    wide: true,
    content:
      offers.length === 0
        ? emptyState(say("reward_offers_none"))
        : listTable<RewardOffer>({
            kit: face.kit,
            caption: say("reward_offers"),
            rows: offers,
            address: face.address,
            empty: { title: "" },
            columns: [
              {
                heading: say("reward_title"),
                cell: ({ title, product }) =>
                  html`<bdi>${title}</bdi> <span class="sub">${product ?? say("reward_every_product")}</span>`,
              },
              { heading: say("reward_what"), cell: (one) => offerText(face.speech, one) },
              {
                heading: say("state"),
                cell: ({ state }) => badge(say(`reward_${state}_state`), offerTones[state]),
              },
              { heading: say("reward_from"), cell: ({ from, offeredAt }) => day(from ?? offeredAt) },
              { heading: say("reward_until"), cell: ({ until, endedAt }) => day(endedAt ?? until) },
              { heading: say("reward_action"), cell: (one) => (mayChange ? offerDeeds(face, one) : "") },
            ],
          }),
  });
}

function offerDeeds(face: PortalFace, { offer, title, state, kind, codesLeft }: RewardOffer): Html | "" {
  const { say } = face.speech;
  if (state === "ended") return "";
  const button = (deed: "offer" | "end", label: string) =>
    html`<form method="post" action="${path}">${formToken(face.person)}${hiddenFields({ do: deed, id: offer })}<button aria-label="${`${label}: ${title}`}">${label}</button></form>`;
  const codes =
    kind === "coupon" &&
    html`<details><summary>${say("reward_codes_left", { count: codesLeft ?? 0 })}</summary><form method="post" action="${path}">${formToken(face.person)}${hiddenFields({ do: "codes", id: offer })}
<div class="field"><label for="codes-${offer}">${say("reward_codes")}</label><textarea id="codes-${offer}" name="codes" required maxlength="110000" dir="ltr" spellcheck="false" aria-describedby="codes-${offer}-hint"></textarea><p class="hint" id="codes-${offer}-hint">${say("reward_codes_hint")}</p></div>
<div class="actions"><button>${say("reward_codes_add")}</button></div></form></details>`;
  return html`${state === "draft" && button("offer", say("reward_do_offer"))}${codes}${button("end", say(state === "draft" ? "reward_do_discard" : "reward_do_end"))}`;
}

async function rewardsCard(deps: Deps, face: PortalFace, mayChange: boolean): Promise<Html> {
  const { say, money } = face.speech;
  const after = face.address.query.get("after");
  const { rewards, next } = await listPartnerRewards(deps, face.person.partner, {
    limit: pageRows,
    ...(after !== null && /^rw_[a-z0-9]{1,40}$/.test(after) ? { after } : {}),
  });
  return card({
    title: say("nav_rewards"),
    wide: true,
    content: listing<PartnerReward>({
      kit: face.kit,
      caption: say("nav_rewards"),
      rows: rewards,
      next,
      address: face.address,
      empty: { title: say("rewards_none") },
      columns: [
        {
          heading: say("reward_one"),
          // The customer names it by its number.
          cell: (one) =>
            html`${earnedText(face.speech, one)} <span class="sub">${one.product ?? "–"}</span> <code class="sub">${idText(one.reward)}</code>`,
        },
        { heading: say("state"), cell: ({ state }) => badge(say(`reward_${state}`), rewardTones[state]) },
        { heading: say("bought"), cell: ({ occurredAt }) => dayOf(face, occurredAt) },
        { heading: say("reward_expires"), cell: ({ expiresAt }) => dayOf(face, expiresAt) },
        {
          heading: say("reward_cost"),
          isFigure: true,
          cell: ({ partnerMinor, currency }) => money(partnerMinor, currency),
        },
        {
          heading: say("reward_action"),
          cell: ({ reward, state, hasCode }) =>
            mayChange && state === "available" && hasCode !== false
              ? html`<form method="post" action="${path}">${formToken(face.person)}${hiddenFields({ do: "redeem", id: reward })}<button aria-label="${`${say("reward_redeem")}: ${reward}`}">${say("reward_redeem")}</button></form>`
              : "",
        },
      ],
    }),
  });
}
