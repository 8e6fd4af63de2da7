import type { Deps } from "../deps/deps.ts";
import { type AppContext, requestHeader } from "../http/app-env.ts";
import type { KitText } from "../messages/kit/index.ts";
import { hiddenFields, type KitSpeech, speakKit, wantedLanguages } from "../pages/app-page.ts";
import { cameFromHere, formTokenField, readSentForm } from "../pages/form.ts";
import { attributes, type Html, html } from "../pages/html.ts";
import { cardPage, pageResponse } from "../pages/page.ts";

/** Why a person is not let past: nobody is signed in, another role, a sign-in of too long ago, a form of another sign-in. */
export type DenialReason = "stranger" | "other" | "stale" | "form";

const texts: Readonly<Record<DenialReason, { title: KitText; text: KitText }>> = {
  stranger: { title: "denied_stranger", text: "denied_stranger_text" },
  other: { title: "denied_other", text: "denied_other_text" },
  stale: { title: "denied_stale", text: "denied_stale_text" },
  form: { title: "denied_form", text: "denied_form_text" },
};

/** Who was refused, and what the refused route is about. */
export interface Denied {
  reason: DenialReason;
  /** Whether the route moves money or opens something: what was entered there is not shown again. */
  isGuarded: boolean;
  /** The token of the forms of whoever is signed in now. */
  formToken: string | undefined;
  /** The language that whoever is signed in has chosen. */
  chosen: string | null | undefined;
}

const statuses: Readonly<Record<DenialReason, number>> = { stranger: 401, other: 403, stale: 403, form: 403 };

/**
 * The page that says why somebody was refused, and leads back: to the sign-in, and from there to the page. What a form of
 * this receiver's own sent is kept on the page, to be sent again by a press of a button: nothing is done by opening it.
 */
export async function denialPage(
  deps: Pick<Deps, "config">,
  c: AppContext,
  { reason, isGuarded, formToken, chosen }: Denied,
): Promise<Response> {
  const { brand, issuer } = deps.config;
  const header = requestHeader(c, "accept-language");
  const kit = await speakKit(wantedLanguages(brand, { chosen, header }));
  const { title, text } = texts[reason];
  const back = backOf(c, issuer);
  const kept = isGuarded || reason === "other" || !cameFromHere(c, issuer) ? undefined : await keptFields(c);
  const needsSignIn = reason === "stranger" || reason === "stale";
  const to = needsSignIn
    ? `/sign-in?to=${encodeURIComponent(back)}${reason === "stale" ? "&again=1" : ""}`
    : back;
  const link = html`<p><a${attributes({ href: to, ...(kept && needsSignIn ? { target: "_blank", rel: "noopener" } : {}) })}>${kit.say(needsSignIn ? "denied_sign_in" : "denied_back")}</a></p>`;
  const page = cardPage({
    brand,
    language: kit,
    questions: kit.say("support"),
    title: kit.say(title),
    ...(kept === undefined ? {} : { sendsTo: "here" as const }),
    content: html`<h1>${kit.say(title)}</h1>
<p>${kit.say(text)}</p>
${kept !== undefined && html`<p>${kit.say("denied_kept")} ${needsSignIn && kit.say("denied_kept_how")}</p>\n`}${link}
${kept !== undefined && sendAgain(c, kit, { ...kept, ...(formToken === undefined ? {} : { [formTokenField]: formToken }) })}`,
  });
  return pageResponse(page, statuses[reason]);
}

const sendAgain = (c: AppContext, kit: KitSpeech, fields: Readonly<Record<string, string>>): Html =>
  html`<form method="post" action="${new URL(c.req.url).pathname}">${hiddenFields(fields)}<button>${kit.say("denied_again")}</button></form>`;

const mostFields = 40;
const mostCharacters = 20_000;

/**
 * What a form sent, without its token. Of a form in two steps the second is left out, so that it asks again before it does
 * anything. Undefined for files, for what is too much, and for a form with nothing in it that a person entered.
 */
async function keptFields(c: AppContext): Promise<Record<string, string> | undefined> {
  if (c.req.method !== "POST") return undefined;
  const given = c.get("form");
  const sent = given === undefined ? await readSentForm(c).catch(() => undefined) : undefined;
  const fields = given ?? sent?.fields;
  if (fields === undefined || (c.get("files") ?? sent?.files)?.size) return undefined;
  const kept = Object.entries(Object.fromEntries(fields)).filter(
    ([name, value]) => name !== formTokenField && !(name === "step" && value === "do"),
  );
  const length = kept.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (kept.length === 0 || kept.length > mostFields || length > mostCharacters) return undefined;
  return Object.fromEntries(kept);
}

/** The page that a refused request came from, or else the first page of its side: never one of another host. */
function backOf(c: AppContext, issuer: string): string {
  const url = new URL(c.req.url);
  if (c.req.method === "GET" || c.req.method === "HEAD") return url.pathname + url.search;
  const from = URL.parse(requestHeader(c, "referer") ?? "");
  const isHere = from?.host === new URL(issuer).host || from?.host === requestHeader(c, "host");
  if (from !== null && isHere) return from.pathname + from.search;
  return /^\/(portal|console|account)(?=\/|$)/.exec(url.pathname)?.[0] ?? "/sign-in/sessions";
}
