import type { Brand } from "../config/brand-config.ts";
import { type KitText, kitTexts } from "../messages/kit/index.ts";
import { languagesOf, type Speech, speak } from "../messages/speak.ts";
import { assetsOf } from "./assets.ts";
import { attributes, type Html, html } from "./html.ts";
import { type Page, pageHeaders, policyText } from "./page.ts";
import { pointToField } from "./wrong-field.ts";

/** Says what stands on every signed-in page. */
export type KitSpeech = Speech<KitText>;

/** The kit's texts in the best of the wanted languages. */
export const speakKit = (wanted: readonly string[]): Promise<KitSpeech> => speak(kitTexts, wanted);

/**
 * The languages to try for a page or a letter, the best first: the one that a person chose, what the browser asks for, the vendor's
 * usual one; only those that the vendor offers.
 */
export function wantedLanguages(
  { languages }: Brand,
  { chosen, header }: { chosen?: string | null | undefined; header?: string | undefined },
): string[] {
  const wanted = [...(typeof chosen === "string" ? [chosen] : []), ...languagesOf(header)];
  if (languages === undefined) return wanted;
  const spoken = (tag: string) => tag.toLowerCase().split("-")[0];
  const offered = wanted.filter((tag) => languages.some((one) => spoken(one) === spoken(tag)));
  return [...offered, ...languages.slice(0, 1)];
}

/** A group of links in the navigation. */
export interface NavigationGroup {
  /** Left out over the first. */
  title?: string;
  links: readonly NavigationLink[];
}

/** A link in the navigation. */
export interface NavigationLink {
  label: string;
  address: string;
  isCurrent: boolean;
  /** How much waits there. */
  count?: number | undefined;
}

/** What a signed-in page is made of. */
export interface AppPageParts {
  brand: Brand;
  kit: KitSpeech;
  /** What the page is about; also its first heading. */
  title: string;
  navigation: readonly NavigationGroup[];
  content: Html;
  /** A sentence under the heading. */
  lead?: Html | string | undefined;
  /** Where the page stands, above its heading: links and texts, the outermost first. */
  crumbs?: readonly Html[] | undefined;
  /** Buttons beside the heading. */
  actions?: Html | undefined;
  /** Who is signed in, and where a form that signs out goes, with its hidden fields. */
  person?: SignedIn | undefined;
  /** Whether the page has fields that a button copies: then it names the one script there is. */
  copies?: boolean | undefined;
  /** Whether a part of the page is fetched again by that script while something goes on. */
  follows?: boolean | undefined;
  /** Where the search on top of the page goes, and what was searched. */
  search?: { address: string; value?: string | undefined } | undefined;
}

/** Who is signed in. */
export interface SignedIn {
  name: string;
  signOut?: { address: string; fields: Readonly<Record<string, string>> };
  /** The address of one's own page: where one is signed in, and how. */
  settings?: string;
}

/** A page with the navigation beside it: readable on a phone, in the dark, on paper, by a screen reader and from right to left. */
export function appPage(parts: AppPageParts): Page {
  const { brand, kit, title } = parts;
  const { style, script, logo } = assetsOf(brand);
  const [copies, follows] = [parts.copies === true, parts.follows === true];
  const page = html`<!doctype html>
<html lang="${kit.tag}" dir="${kit.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${brand.name}</title>
<link rel="stylesheet" href="${style.path}">
${(copies || follows) && html`<script src="${script.path}" defer></script>\n`}</head>
<body>
<a class="skip" href="#content">${kit.say("skip")}</a>
<header class="menu"><input type="checkbox" class="menu-box" id="menu" aria-label="${kit.say("menu")}">${brandMark(brand, logo?.path)}<label for="menu">${kit.say("menu")}</label></header>
<div class="frame">
<div class="side">
<header>${brandMark(brand, logo?.path)}</header>
<nav aria-label="${kit.say("navigation")}">
${parts.navigation.map(navigationGroup)}</nav>
${parts.person && whoIsIn(kit, parts.person)}</div>
<div class="body">
${parts.search && searchForm(kit, parts.search)}<main id="content" tabindex="-1">
${heading(parts)}
${pointToField(parts.content)}
</main>
${supportLine(kit, brand)}</div>
</div>
</body>
</html>
`;
  return { html: String(page), headers: appHeaders({ copies, follows }) };
}

/** Everything a signed-in page needs comes from the receiver: a style, pictures, forms; a script only where something is copied or followed. */
const appHeaders = ({ copies, follows }: { copies: boolean; follows: boolean }): Page["headers"] => ({
  ...pageHeaders,
  "content-security-policy": policyText({
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    ...(copies || follows ? { "script-src": ["'self'"] } : {}),
    ...(follows ? { "connect-src": ["'self'"] } : {}),
  }),
  // Without a referrer a browser would send a form with the origin `null`.
  "referrer-policy": "same-origin",
});

const brandMark = ({ name }: Brand, logo: string | undefined): Html =>
  logo === undefined
    ? html`<p class="brand">${name}</p>`
    : html`<p class="brand"><img src="${logo}" alt="${name}" height="28"></p>`;

const navigationGroup = ({ title, links }: NavigationGroup): Html => html`${
  title !== undefined && html`<h2>${title}</h2>\n`
}<ul>
${links.map(
  ({ label, address, isCurrent, count }) =>
    html`<li><a${attributes({ href: address, "aria-current": isCurrent ? "page" : undefined })}>${label}${
      count !== undefined && count > 0 && html` <span class="count">${count}</span>`
    }</a></li>\n`,
)}</ul>
`;

const whoIsIn = (
  kit: KitSpeech,
  { name, signOut, settings }: SignedIn,
): Html => html`<section class="who" aria-label="${kit.say("signed_in_as", { name })}">
<p>${kit.say("signed_in_as", { name })}</p>
${settings !== undefined && html`<p><a href="${settings}">${kit.say("own_sign_in")}</a></p>\n`}${
  signOut &&
  html`<form method="post" action="${signOut.address}">${hiddenFields(signOut.fields)}<button>${kit.say("sign_out")}</button></form>\n`
}</section>
`;

const searchForm = (
  kit: KitSpeech,
  { address, value = "" }: { address: string; value?: string | undefined },
) => html`<div class="top"><form method="get" action="${address}" role="search">
<input type="search" name="q" value="${value}" maxlength="255" aria-label="${kit.say("search")}" placeholder="${kit.say("search_hint")}">
<button>${kit.say("search")}</button>
</form></div>
`;

const heading = ({ title, lead, crumbs, actions }: AppPageParts): Html => html`<div class="title"><div>
${crumbs !== undefined && html`<p class="crumbs">${crumbs.map((one, at) => html`${at > 0 && " / "}${one}`)}</p>\n`}<h1>${title}</h1>
${lead !== undefined && html`<p class="lead">${lead}</p>\n`}</div>
${actions !== undefined && html`<div class="actions">${actions}</div>\n`}</div>`;

const supportLine = (kit: KitSpeech, { supportAddress }: Brand): Html | undefined =>
  supportAddress === undefined
    ? undefined
    : html`<footer class="support"><p>${kit.say("support")} <a href="mailto:${encodeURI(supportAddress)}">${supportAddress}</a></p></footer>
`;

/** Fields that a form sends unseen. */
export const hiddenFields = (fields: Readonly<Record<string, string>>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
