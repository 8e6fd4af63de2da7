import type { Environment } from "../../../config/load-config.ts";
import type { Deps } from "../../../deps/deps.ts";
import { type AppContext, type Person, requestHeader } from "../../../http/app-env.ts";
import { problems } from "../../../http/problem.ts";
import { type ConsoleText, consoleTexts } from "../../../messages/console/index.ts";
import { type DealingsText, dealingsTexts } from "../../../messages/dealings/index.ts";
import { type DeedsText, deedsTexts } from "../../../messages/deeds/index.ts";
import { type PlanFormText, planFormTexts } from "../../../messages/plan-form/index.ts";
import { type ReasonsText, reasonsTexts } from "../../../messages/reasons/index.ts";
import { type RewardsText, rewardsTexts } from "../../../messages/rewards/index.ts";
import { type Speech, speak } from "../../../messages/speak.ts";
import { type TermsText, termsTexts } from "../../../messages/terms/index.ts";
import { type WaysText, waysTexts } from "../../../messages/ways/index.ts";
import { type WorkText, workTexts } from "../../../messages/work/index.ts";
import { type Address, addressOf } from "../../../pages/address.ts";
import {
  type AppPageParts,
  appPage,
  type KitSpeech,
  speakKit,
  wantedLanguages,
} from "../../../pages/app-page.ts";
import { formTokenField } from "../../../pages/form.ts";
import { html } from "../../../pages/html.ts";
import { pageResponse } from "../../../pages/page.ts";
import { buttonLink, outcomeNotice } from "../../../pages/parts.ts";
import {
  type RefusalSpeech,
  refusalDetail,
  refusalText,
  refusalTitle,
  speakRefusals,
} from "../../../pages/refusals.ts";
import { fieldsOfRefusal } from "../../../pages/wrong-field.ts";
import type { PayoutBlockSource } from "../../../payouts/payout-block.ts";
import type { Refusal } from "../../../words/refusal.ts";
import { readQueues } from "../../queues.ts";
import { navigationOf } from "./navigation.ts";
import { asksForPartner, partnerChoices } from "./partner-choices.ts";
import { withPartnerNames } from "./partner-names.ts";

/** The texts of the console: what it shows, what people do there, and the words that it shares with other faces. */
export type DeskText =
  | ConsoleText
  | DeedsText
  | TermsText
  | WaysText
  | WorkText
  | DealingsText
  | PlanFormText
  | RewardsText;

/** Says what the console says. */
export type ConsoleSpeech = Speech<DeskText>;

/** What the console needs of the world: also what may hold a partner's payouts, and where secrets of shops and networks stand. */
export type ConsoleDeps = Deps & { blocks: readonly PayoutBlockSource[]; env: Environment };

/** One request of one of the vendor's people, with what every page of the console needs. */
export interface Desk {
  c: AppContext;
  deps: ConsoleDeps;
  say: ConsoleSpeech;
  kit: KitSpeech;
  reasons: Speech<ReasonsText>;
  refusals: RefusalSpeech;
  address: Address;
  /** Who is signed in. */
  person: Person;
  /** Why the page was refused as it was asked for; it stands above the page without what was refused. */
  refused?: Refused;
}

/** What the address of a page asked for and did not get. */
export interface Refused {
  refusal: Refusal;
  /** As it was asked for. */
  address: Address;
}

/**
 * The desk for the same page without the parameters of its address that were refused, such as a partner that nobody
 * knows; undefined where none of them was, or the page is taken along as a file.
 */
export function withoutRefused(desk: Desk, refusal: Refusal): Desk | undefined {
  const { address } = desk;
  const wrong = fieldsOfRefusal(refusal).filter((name) => address.query.has(name));
  if (wrong.length === 0 || desk.refused !== undefined || address.query.has("format")) return undefined;
  const query = new URLSearchParams([...address.query].filter(([name]) => !wrong.includes(name)));
  return { ...desk, address: { ...address, query }, refused: { refusal, address } };
}

/** Who asks, in which language, for what. The guard has let a person past. */
export async function openDesk(deps: ConsoleDeps, c: AppContext): Promise<Desk> {
  const person = c.get("person");
  const header = requestHeader(c, "accept-language");
  const wanted = wantedLanguages(deps.config.brand, { chosen: person.language, header });
  const say = await speakConsole(wanted);
  const [kit, reasons, refusals] = await Promise.all([
    speakKit([say.tag]),
    speak(reasonsTexts, [say.tag]),
    speakRefusals([say.tag]),
  ]);
  return { c, deps, say, kit, reasons, refusals, address: addressOf(c.req.url), person };
}

async function speakConsole(wanted: readonly string[]): Promise<ConsoleSpeech> {
  const own = await speak(consoleTexts, wanted);
  // In this order: a name that several catalogues have is the first one's.
  const others = (await Promise.all([
    speak(deedsTexts, [own.tag]),
    speak(termsTexts, [own.tag]),
    speak(waysTexts, [own.tag]),
    speak(workTexts, [own.tag]),
    speak(dealingsTexts, [own.tag]),
    speak(planFormTexts, [own.tag]),
    speak(rewardsTexts, [own.tag]),
  ])) as readonly Speech<DeskText>[];
  const all = [own as Speech<DeskText>, ...others];
  return {
    ...(own as Speech<DeskText>),
    say: (name, values) => (all.find((one) => one.has(name)) ?? (own as Speech<DeskText>)).say(name, values),
    has: (name): name is DeskText => all.some((one) => one.has(name)),
  };
}

/** What a page of the console adds to its frame. */
export type ConsolePageParts = Pick<
  AppPageParts,
  "title" | "content" | "lead" | "crumbs" | "actions" | "copies" | "follows"
> & {
  /** What was searched. */
  query?: string;
  status?: number;
};

/** A page of the console: with its navigation, what waits there, and the search. */
export async function consolePage(desk: Desk, parts: ConsolePageParts): Promise<Response> {
  const { deps, kit, say, address, person, refused } = desk;
  const named = await withPartnerNames(deps, parts);
  const why = refused && outcomeNotice(refusalText(desk.refusals, refused.refusal), "bad");
  const page = appPage({
    ...named,
    content: html`${why}${named.content}${asksForPartner(named.content) && (await partnerChoices(desk))}`,
    brand: deps.config.brand,
    kit,
    navigation: navigationOf(say, address.path, await readQueues(deps)),
    person: {
      name: person.mail,
      settings: "/sign-in/sessions",
      signOut: { address: "/sign-in/out", fields: formFields(desk) },
    },
    search: { address: "/console/search", value: parts.query },
  });
  return pageResponse(
    page,
    parts.status ?? (refused === undefined ? 200 : problems[refused.refusal.code].status),
  );
}

/** What every form of a signed-in person carries. */
export const formFields = ({ person }: Desk): Record<string, string> => ({
  [formTokenField]: person.formToken,
});

/** A page that says why something was refused. */
export const refusalPage = (desk: Desk, refusal: Refusal): Promise<Response> =>
  consolePage(desk, {
    title: refusalTitle(desk.refusals, refusal.code),
    status: problems[refusal.code].status,
    content: outcomeNotice(refusalDetail(desk.refusals, refusal), "bad"),
    actions: buttonLink(desk.say.say("to_overview"), "/console"),
  });

/** Goes to a page after something was done, which says so there. */
export const goTo = (path: string, done?: string): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location: done === undefined ? path : `${path}${path.includes("?") ? "&" : "?"}done=${done}`,
      "cache-control": "no-store",
    },
  });

/** What was just done, on top of the page that one came to. */
export function doneNotice({ say, address }: Desk) {
  const done = address.query.get("done");
  const names: readonly DeskText[] = doneTexts;
  const name = names.find((one) => one === `done_${done}`);
  return name === undefined ? undefined : outcomeNotice(say.say(name), "good");
}

const doneTexts = [
  "done_resolved",
  "done_corrected",
  "done_replayed",
  "done_dropped",
  "done_plan",
  "done_assigned",
  "done_announced",
  "done_approved",
  "done_cancelled",
  "done_closed",
  "done_proposed",
  "done_statements",
  "done_noted",
  "done_answered",
  "done_invited",
  "done_removed",
  "done_deal",
  "done_booked",
  "done_pending",
  "done_refused",
  "done_partner",
  "done_agreement",
  "done_news",
  "done_withdrawn",
  "done_kept",
  "done_erased",
  "done_saved",
  "done_notice",
] as const;

/**
 * The value of a parameter or of a form's field, without white space around it; undefined where it is empty. A character
 * that PostgreSQL keeps in no text is left out: nothing is called by it.
 */
export function given(from: URLSearchParams | undefined, name: string): string | undefined {
  const value = from?.get(name)?.replaceAll("\0", "").toWellFormed().trim();
  return value === undefined || value === "" ? undefined : value;
}
