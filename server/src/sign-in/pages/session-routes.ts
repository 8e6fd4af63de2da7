import type { App } from "../../http/app.ts";
import type { AppContext, Customer, Person } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { People } from "../../http/route.ts";
import { signInTexts } from "../../messages/sign-in/index.ts";
import { formToken } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { pageResponse } from "../../pages/page.ts";
import { chooseLanguage } from "../../people/people.ts";
import { cookieName, cookieOf, setCookie } from "../../sessions/cookie.ts";
import {
  endAllSessions,
  endSession,
  type ListedSession,
  listSessions,
  signOut,
} from "../../sessions/sessions.ts";
import { instant } from "../../words/clock.ts";
import { partnerRoles, vendorRoles } from "../../words/roles.ts";
import { homeOf } from "../destination.ts";
import { leaveUrl } from "../leave-provider.ts";
import type { Provider } from "../providers.ts";
import { othersOf, switchPerson } from "../switch-person.ts";
import { type Face, signedOutPage, signInPage } from "./sign-in-pages.ts";
import { type SignInWorld, see } from "./sign-in-routes.ts";

const everybody: People = { vendor: vendorRoles, partner: partnerRoles, customer: true };
const people: People = { vendor: vendorRoles, partner: partnerRoles };
const path = "/sign-in/sessions";
const list = pageRoute({
  who: everybody,
  operationId: "showSessions",
  method: "get",
  path,
  summary: "Where somebody is signed in",
});
const end = pageRoute({
  who: everybody,
  operationId: "endSession",
  method: "post",
  path: `${path}/end`,
  summary: "End one's own sign-in in another browser",
});
const endAll = pageRoute({
  who: everybody,
  operationId: "endAllSessions",
  method: "post",
  path: `${path}/end-all`,
  summary: "Sign out everywhere",
});
const out = pageRoute({
  who: everybody,
  operationId: "signOut",
  method: "post",
  path: "/sign-in/out",
  summary: "Sign out in this browser",
});
const act = pageRoute({
  who: people,
  operationId: "switchPerson",
  method: "post",
  path: "/sign-in/switch",
  summary: "Act for another side that the same address stands for",
});

const speakTo = pageRoute({
  who: people,
  operationId: "chooseLanguage",
  method: "post",
  path: "/sign-in/language",
  summary: "Choose the language of one's own pages and mail",
});

/** What belongs to a sign-in beside its session. */
export interface MoreOfSessions {
  /** The providers of the configuration, by their ids. */
  providers: ReadonlyMap<string, Provider>;
  /** What the page of sessions shows below them, such as passkeys. */
  more(face: Face, person: Person): Promise<{ content: Html; script?: string }>;
}

/** The pages on which somebody sees and ends sign-ins, and chooses whom to act for. */
export function addSessionRoutes(app: App, world: SignInWorld, { providers, more }: MoreOfSessions): void {
  const { deps, faceOf, browserOf, welcome } = world;
  const { issuer } = deps.config;
  const cookie = cookieName(issuer, "tallystick");
  const gone = (face: Face, leave?: Html) =>
    pageResponse(signedOutPage(face, leave), 200, { "set-cookie": setCookie(issuer, cookie, "", 0) });
  app.serve(list, async (c) => {
    const face = await faceOf(c);
    const who = whoOf(c);
    const sessions = await listSessions(deps, who);
    const extra = who.side === "customer" ? undefined : await more(face, who);
    const acting = who.side === "customer" ? undefined : await actingPart(world, face, who);
    const { say } = face.speech;
    const content = html`<p class="small"><a href="${homeOf(who.side)}">${say("back")}</a></p>
<h1>${say("sessions_title")}</h1>
<ul class="rows">${sessions.map((session) => sessionRow(face, who, session))}</ul>
<form method="post" action="${path}/end-all">${formToken(who)}<button class="quiet">${say("sessions_end_all")}</button></form>
${extra?.content}${who.side === "customer" ? undefined : languagePart(face, who)}${acting}`;
    return pageResponse(signInPage(face, say("sessions_title"), content, extra?.script));
  });
  app.serve(end, async (c) => {
    await endSession(deps, whoOf(c), (c.get("form")?.get("session") ?? "").slice(0, 64));
    return see(path);
  });
  app.serve(endAll, async (c) => {
    await endAllSessions(deps, whoOf(c));
    return gone(await faceOf(c));
  });
  app.serve(out, async (c) => {
    const secret = cookieOf(c, cookie);
    const provider = secret === undefined ? undefined : await signOut(deps, secret);
    const face = await faceOf(c);
    return gone(face, await leavePart(world, face, providers.get(provider ?? "")));
  });
  app.serve(speakTo, async (c) => {
    await chooseLanguage(deps, c.get("person").id, readLanguage(c.get("form")?.get("language")));
    return see(path);
  });
  app.serve(act, async (c) => {
    const to = (c.get("form")?.get("person") ?? "").slice(0, 64);
    const { secret, side } = await switchPerson(deps, c.get("person"), to, browserOf(c));
    return welcome({ secret, location: homeOf(side) });
  });
}

const languages = ["en", ...Object.keys(signInTexts.others)];

const readLanguage = (text: string | null | undefined): string | null =>
  languages.find((one) => one === text) ?? null;

function languagePart({ speech }: Face, person: Person): Html {
  const { say } = speech;
  const names = new Intl.DisplayNames(speech.tag, { type: "language" });
  const options = [
    ["", say("language_browser")] as const,
    ...languages.map((tag) => [tag, names.of(tag) ?? tag] as const),
  ];
  return html`<h2>${say("language_title")}</h2>
<form method="post" action="/sign-in/language">${formToken(person)}<div class="field"><label for="language">${say("language_label")}</label>
<select id="language" name="language">${options.map(
    ([tag, name]) =>
      html`<option${attributes({ value: tag, selected: tag === (person.language ?? "") })}>${name}</option>`,
  )}</select></div><button class="quiet">${say("language_save")}</button></form>
`;
}

/** Whoever signed in by a provider is still signed in there: the next one at this desk would be let in without a question. */
async function leavePart(
  { deps }: SignInWorld,
  { speech }: Face,
  provider: Provider | undefined,
): Promise<Html | undefined> {
  const url = provider && (await leaveUrl(deps, provider));
  if (provider === undefined || url === undefined) return undefined;
  return html`<p><a href="${url}">${speech.say("oidc_leave", { name: provider.settings.name })}</a></p>`;
}

const whoOf = (c: AppContext): Person | Customer => c.get("person") ?? c.get("customer");

function sessionRow(
  { speech }: Face,
  who: Person | Customer,
  { id, device, way, signedInAt, seenAt }: ListedSession,
): Html {
  const { say } = speech;
  const at = (text: string) => speech.time(instant(Date.parse(text)));
  const isThis = id === who.session;
  const end = isThis ? say("sign_out") : say("sessions_end");
  return html`<li><span>${device}${isThis && html` <strong>(${say("sessions_this")})</strong>`}
<small>${say("sessions_since")}: ${at(signedInAt)}, ${say(`way_${way}`)}</small><small>${say("sessions_seen")}: ${at(seenAt)}</small></span>
<form method="post" action="${isThis ? "/sign-in/out" : `${path}/end`}">${formToken(who)}<input type="hidden" name="session" value="${id}"><button class="quiet" aria-label="${end}: ${device}">${end}</button></form></li>
`;
}

/** Shown only to those whose address stands for several. */
async function actingPart(
  { deps }: SignInWorld,
  { speech }: Face,
  person: Person,
): Promise<Html | undefined> {
  const all = await othersOf(deps, person);
  if (all.length < 2) return undefined;
  const { say } = speech;
  const nameOf = (name: string | null) => name ?? say("acting_vendor");
  const own = person.side === "vendor" ? null : person.partnerName;
  return html`<h2>${say("acting_title")}</h2>
<p>${say("acting_text", { name: nameOf(own) })}</p>
${all
  .filter(({ id }) => id !== person.id)
  .map(
    ({ id, partner_name }) =>
      html`<form method="post" action="/sign-in/switch">${formToken(person)}<input type="hidden" name="person" value="${id}"><p><button class="quiet">${say("acting_switch", { name: nameOf(partner_name) })}</button></p></form>\n`,
  )}`;
}
