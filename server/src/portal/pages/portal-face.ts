import type { Deps } from "../../deps/deps.ts";
import { type AppContext, type Person, requestHeader } from "../../http/app-env.ts";
import type { People } from "../../http/route.ts";
import { type DealingsText, dealingsTexts } from "../../messages/dealings/index.ts";
import { type PortalText, portalTexts } from "../../messages/portal/index.ts";
import { type ReasonsText, reasonsTexts } from "../../messages/reasons/index.ts";
import { type RewardsText, rewardsTexts } from "../../messages/rewards/index.ts";
import { type Speech, speak } from "../../messages/speak.ts";
import { type Address, addressOf } from "../../pages/address.ts";
import {
  type AppPageParts,
  appPage,
  type KitSpeech,
  speakKit,
  wantedLanguages,
} from "../../pages/app-page.ts";
import { formTokenField } from "../../pages/form.ts";
import type { Html } from "../../pages/html.ts";
import { pageResponse } from "../../pages/page.ts";
import { type RefusalSpeech, speakRefusals } from "../../pages/refusals.ts";
import { Refusal } from "../../words/refusal.ts";
import { type PartnerRole, partnerRoles } from "../../words/roles.ts";

/** Everybody of a partner. */
export const everyone: People = { partner: partnerRoles };
/** Those of a partner who see its account and its payouts. */
export const moneyPeople: People = { partner: ["owner", "finance"] };
/** Those of a partner who may change who signs in. */
export const owners: People = { partner: ["owner"] };

/** One of a partner's people. */
export type PartnerPerson = Extract<Person, { side: "partner" }>;

/** The texts of the portal: what it shows, and what a partner does there. */
export type FaceText = PortalText | DealingsText | RewardsText;

/** Whose page it is, and in what words. */
export interface PortalFace {
  person: PartnerPerson;
  speech: Speech<FaceText>;
  reasons: Speech<ReasonsText>;
  refusals: RefusalSpeech;
  kit: KitSpeech;
  address: Address;
}

/** Reads whose page a request is for. The partner comes from the session alone, never from the address. */
export async function portalFace({ config }: Pick<Deps, "config">, c: AppContext): Promise<PortalFace> {
  const person = c.get("person");
  if (person?.side !== "partner") throw new Refusal("forbidden", "This is a partner's.");
  const wanted = wantedLanguages(config.brand, {
    chosen: person.language,
    header: requestHeader(c, "accept-language"),
  });
  const [speech, reasons, refusals, kit] = await Promise.all([
    speakPortal(wanted),
    speak(reasonsTexts, wanted),
    speakRefusals(wanted),
    speakKit(wanted),
  ]);
  return { person, speech, reasons, refusals, kit, address: addressOf(c.req.url) };
}

async function speakPortal(wanted: readonly string[]): Promise<Speech<FaceText>> {
  const own = await speak(portalTexts, wanted);
  const [dealings, rewards] = await Promise.all([
    speak(dealingsTexts, [own.tag]),
    speak(rewardsTexts, [own.tag]),
  ]);
  return {
    ...own,
    say: (name, values) =>
      own.has(name)
        ? own.say(name, values)
        : rewards.has(name)
          ? rewards.say(name, values)
          : dealings.say(name as DealingsText, values),
    has: (name): name is FaceText => own.has(name) || dealings.has(name) || rewards.has(name),
  };
}

const places: readonly { path: string; label: FaceText; roles: readonly PartnerRole[] }[] = [
  { path: "/portal", label: "nav_overview", roles: partnerRoles },
  { path: "/portal/orders", label: "nav_orders", roles: partnerRoles },
  { path: "/portal/why", label: "nav_why", roles: partnerRoles },
  { path: "/portal/selling", label: "nav_selling", roles: partnerRoles },
  { path: "/portal/deals", label: "nav_deals", roles: partnerRoles },
  { path: "/portal/rewards", label: "nav_rewards", roles: partnerRoles },
  { path: "/portal/disputes", label: "nav_disputes", roles: partnerRoles },
  { path: "/portal/statements", label: "nav_statements", roles: partnerRoles },
  { path: "/portal/payouts", label: "nav_payouts", roles: ["owner", "finance"] },
  { path: "/portal/plan", label: "nav_plan", roles: partnerRoles },
  { path: "/portal/news", label: "nav_news", roles: partnerRoles },
  { path: "/portal/details", label: "nav_details", roles: ["owner", "finance"] },
  { path: "/portal/connections", label: "nav_connections", roles: ["owner"] },
  { path: "/portal/settings", label: "nav_settings", roles: partnerRoles },
];

/** A page of the portal. */
export function portalPage(
  { config }: Pick<Deps, "config">,
  { person, speech, kit, address }: PortalFace,
  parts: Pick<AppPageParts, "title" | "lead" | "crumbs" | "actions" | "copies"> & { content: Html },
  status = 200,
): Response {
  const links = places
    .filter(({ roles }) => roles.includes(person.role))
    .map(({ path, label }) => ({
      address: path,
      label: speech.say(label),
      isCurrent: isAt(address.path, path),
    }));
  return pageResponse(
    appPage({
      brand: config.brand,
      kit,
      navigation: [{ links }],
      person: {
        name: person.partnerName,
        settings: "/sign-in/sessions",
        signOut: { address: "/sign-in/out", fields: { [formTokenField]: person.formToken } },
      },
      ...parts,
    }),
    status,
    { vary: "cookie, accept-language" },
  );
}

const isAt = (path: string, place: string): boolean =>
  path === place || (place !== "/portal" && path.startsWith(`${place}/`));

/** A reason's code in the reader's words; a code that this version does not know stands for itself. */
export const reasonText = ({ reasons }: PortalFace, code: string): string =>
  Object.hasOwn(reasonsTexts.en, code) ? reasons.say(code as ReasonsText) : code.replaceAll("_", " ");

const kinds: Readonly<Record<string, PortalText>> = {
  manual: "kind_manual",
  voucher: "kind_voucher",
  serial: "kind_serial",
  token: "kind_token",
  coupon: "kind_coupon",
  email: "kind_email",
};

/** A kind of evidence in the reader's words. */
export const kindText = ({ speech }: PortalFace, kind: string): string => {
  const name = kinds[kind];
  return name === undefined ? kind : speech.say(name);
};
