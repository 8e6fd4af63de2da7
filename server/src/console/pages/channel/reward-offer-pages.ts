import { rewardKinds } from "../../../commission/reward-terms.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { badge, buttonLink, facts, listedId } from "../../../pages/parts.ts";
import { addCodes } from "../../../rewards/codes.ts";
import { offerFields, offerOptions, readOfferForm } from "../../../rewards/offer-form.ts";
import { draftOffer, type NewOffer, takeOfferStep } from "../../../rewards/offers.ts";
import { offerText, offerTones } from "../../../rewards/reward-words.ts";
import { listOffers, type RewardOffer, showOffer } from "../../../rewards/shown-offers.ts";
import { isoTime } from "../../../words/clock.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { entered, line, pick, productOptions } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { dayText } from "../kit/shown.ts";

const pageRows = 50;
const path = "/console/reward-offers";
const crumbs = ({ say }: Desk): Html[] => [
  html`<a href="/console/rewards">${say.say("nav_rewards")}</a>`,
  html`<a href="${path}">${say.say("reward_offers")}</a>`,
];
const deedPath = (deed: string, offer: string): string =>
  `${path}/${deed}?offer=${encodeURIComponent(offer)}`;

/** What partners offer for renewals, the newest first. */
async function offersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const partner = given(address.query, "partner");
  const { offers, next } = await listOffers(deps, {
    partner,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<RewardOffer>(desk, {
    title: say.say("reward_offers"),
    lead: say.say("rewards_desk_lead"),
    crumbs: [html`<a href="/console/rewards">${say.say("nav_rewards")}</a>`],
    actions: may(desk, planners)
      ? buttonLink(
          say.say("reward_new"),
          `${path}/draft${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}`,
          true,
        )
      : undefined,
    file: "reward-offers",
    columns: offerColumns(desk),
    rows: offers,
    filters: [partnerFilter(desk)],
    next,
    empty: { title: say.say("reward_offers_none") },
  });
}

const offerColumns = (desk: Desk): ListColumn<RewardOffer>[] => {
  const { say } = desk;
  const from = ({ from, offeredAt }: RewardOffer) => from ?? offeredAt;
  const until = ({ until, endedAt }: RewardOffer) => endedAt ?? until;
  const day = (iso: string | null) => (iso === null ? "–" : dayText(desk, iso));
  return [
    {
      heading: say.say("reward_title"),
      cell: ({ title, offer }) => html`<bdi>${title}</bdi> <code class="sub">${listedId(offer)}</code>`,
      text: ({ title }) => title,
    },
    {
      heading: say.say("partner"),
      sort: "partner",
      cell: ({ partner }) => partnerLink(partner),
      text: ({ partner }) => partner,
    },
    {
      heading: say.say("reward_what"),
      cell: (one) => offerText(say, one),
      text: (one) => offerText(say, one),
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state }) => badge(say.say(`reward_${state}_state`), offerTones[state]),
      text: ({ state }) => state,
    },
    { heading: say.say("reward_from"), cell: (one) => day(from(one)), text: from },
    { heading: say.say("reward_until"), cell: (one) => day(until(one)), text: until },
    ...(may(desk, planners)
      ? [
          {
            heading: say.say("reward_action"),
            cell: (one: RewardOffer) => offerDeeds(desk, one),
            text: () => null,
          },
        ]
      : []),
  ];
};

function offerDeeds({ say }: Desk, { offer, title, state, kind, codesLeft }: RewardOffer): Html | string {
  if (state === "ended") return "–";
  const link = (deed: string, label: string) =>
    html`<a href="${deedPath(deed, offer)}" aria-label="${`${label}: ${title}`}">${label}</a> `;
  return html`${state === "draft" && link("start", say.say("reward_do_offer"))}${kind === "coupon" && link("codes", say.say("reward_codes_left", { count: codesLeft ?? 0 }))}${link("end", endLabel(say, state))}`;
}

const endLabel = ({ say }: Desk["say"], state: RewardOffer["state"]): string =>
  say(state === "draft" ? "reward_do_discard" : "reward_do_end");

interface Drafted {
  offer: NewOffer;
  isOffered: boolean;
}

/** `reward offer`, in a partner's name: says what is offered, then drafts or offers it. */
const draftOne = (desk: Desk): Deed<Drafted> => {
  const { say, deps } = desk;
  return {
    title: say.say("reward_new"),
    lead: say.say("reward_new_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["partner", ...offerFields, "start"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${line("title", say.say("reward_title"), value("title"), { required: true, maxlength: 200, hint: say.say("reward_title_hint") })}
${pick("kind", say.say("reward_kind"), offerOptions(say, rewardKinds), value("kind"))}
${line("points", say.say("reward_points"), value("points"), { inputmode: "numeric", maxlength: 14 })}
${line("worth", say.say("reward_worth"), value("worth"), { inputmode: "decimal", maxlength: 20 })}
${line("currency", say.say("currency_code"), value("currency"), { maxlength: 3 })}
${pick("product", say.say("product"), [["", say.say("every_product")], ...productOptions(desk)], value("product"))}
${line("from", say.say("reward_from"), value("from"), { type: "date" })}
${line("until", say.say("reward_until"), value("until"), { type: "date" })}
${pick(
  "start",
  say.say("what"),
  [
    ["yes", say.say("reward_do_offer")],
    ["no", say.say("reward_draft")],
  ],
  value("start"),
)}`,
    read: (field) => ({
      offer: { partner: field("partner") ?? "", ...readOfferForm(field) },
      isOffered: field("start") !== "no",
    }),
    label: say.say("see_what_comes"),
    rehearse: ({ offer, isOffered }) => {
      const day = (at: NewOffer["from"]) => at !== undefined && dayText(desk, isoTime(at));
      return {
        content: facts([
          [say.say("partner"), partnerLink(offer.partner)],
          [say.say("reward_title"), html`<bdi>${offer.title}</bdi>`],
          [
            say.say("reward_what"),
            offerText(say, {
              kind: offer.coupon === undefined ? "points" : "coupon",
              points: offer.points ?? null,
              pointsPerUnit: offer.pointsPerUnit ?? null,
              coupon: offer.coupon ?? null,
            }),
          ],
          [say.say("product"), offer.product ?? say.say("every_product")],
          [say.say("reward_from"), day(offer.from)],
          [say.say("reward_until"), day(offer.until)],
        ]),
        label: say.say(isOffered ? "reward_do_offer" : "reward_draft"),
      };
    },
    act: async ({ offer, isOffered }) => {
      await draftOffer(deps, offer, { isOffered });
      return goTo(path, "kept");
    },
  };
};

/** What a deed about one offer has in common: the address names it. */
const aboutOne = async (desk: Desk) => {
  const { say, deps } = desk;
  const offer = await showOffer(deps, entered(desk, "offer"));
  return {
    offer,
    crumbs: crumbs(desk),
    back: path,
    content: facts([
      [say.say("partner"), partnerLink(offer.partner)],
      [say.say("reward_title"), html`<bdi>${offer.title}</bdi>`],
      [say.say("reward_what"), offerText(say, offer)],
      [say.say("product"), offer.product ?? say.say("every_product")],
      [say.say("state"), badge(say.say(`reward_${offer.state}_state`), offerTones[offer.state])],
    ]),
  };
};

/** `reward start`. */
const startOne = async (desk: Desk): Promise<Deed<string>> => {
  const { say, deps } = desk;
  const { offer, content, ...shown } = await aboutOne(desk);
  const label = say.say("reward_do_offer");
  return {
    ...shown,
    title: `${label}: ${offer.title}`,
    lead: say.say("reward_new_lead"),
    names: ["offer"],
    read: (field) => field("offer") ?? "",
    label,
    rehearse: () => ({ content, label }),
    act: async (id) => {
      await takeOfferStep(deps, id, { step: "offered" });
      return goTo(path, "kept");
    },
  };
};

/** `reward codes`. */
const addSome = async (desk: Desk): Promise<Deed<{ id: string; codes: string[] }>> => {
  const { say, deps } = desk;
  const { offer, content: _, ...shown } = await aboutOne(desk);
  return {
    ...shown,
    title: `${say.say("reward_codes_add")}: ${offer.title}`,
    lead: say.say("reward_codes_left", { count: offer.codesLeft ?? 0 }),
    names: ["offer", "codes"],
    fields: (value) =>
      html`<div class="field"><label for="codes">${say.say("reward_codes")}</label><textarea id="codes" name="codes" required maxlength="110000" dir="ltr" spellcheck="false" aria-describedby="codes-hint">${value("codes")}</textarea><p class="hint" id="codes-hint">${say.say("reward_codes_hint")}</p></div>`,
    read: (field) => ({ id: field("offer") ?? "", codes: (field("codes") ?? "").split(/\s+/) }),
    label: say.say("reward_codes_add"),
    act: async ({ id, codes }) => {
      await addCodes(deps, id, codes);
      return goTo(path, "kept");
    },
  };
};

/** `reward end` of an offer. */
const endOne = async (desk: Desk): Promise<Deed<{ id: string; note: string | undefined }>> => {
  const { say, deps } = desk;
  const { offer, content, ...shown } = await aboutOne(desk);
  const label = endLabel(say, offer.state);
  return {
    ...shown,
    title: `${label}: ${offer.title}`,
    lead: say.say(offer.state === "draft" ? "reward_discard_lead" : "reward_end_lead"),
    names: ["offer", "note"],
    fields: (value) => line("note", say.say("note"), value("note"), { maxlength: 1_000 }),
    read: (field) => ({ id: field("offer") ?? "", note: field("note") }),
    label: say.say("go_on"),
    isDanger: true,
    rehearse: () => ({ content, label }),
    act: async ({ id, note }) => {
      await takeOfferStep(deps, id, { step: "ended", note });
      return goTo(path, "kept");
    },
  };
};

/** What partners offer for renewals, and what the vendor does about it in their names. */
export const rewardOfferRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, offersPage],
  ...deedRoutes(`${path}/draft`, planners, draftOne),
  ...deedRoutes(`${path}/start`, planners, startOne),
  ...deedRoutes(`${path}/codes`, planners, addSome),
  ...deedRoutes(`${path}/end`, planners, endOne),
];
