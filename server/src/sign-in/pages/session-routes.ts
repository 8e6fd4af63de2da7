import type { App } from "../../http/app.ts";
import type { AppContext, Customer, Person } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { People } from "../../http/route.ts";
import { formToken } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { pageResponse } from "../../pages/page.ts";
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
import { othersOf, switchPerson } from "../switch-person.ts";
import { type Face, saidPage, signInPage } from "./sign-in-pages.ts";
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

/** What the page of sessions shows below them, such as passkeys. */
export type MoreOfSessions = (face: Face, person: Person) => Promise<{ content: Html; script?: string }>;

/** The pages on which somebody sees and ends sign-ins, and chooses whom to act for. */
export function addSessionRoutes(app: App, world: SignInWorld, more: MoreOfSessions): void {
  const { deps, faceOf, browserOf, welcome } = world;
  const { issuer } = deps.config;
  const cookie = cookieName(issuer, "tallystick");
  const gone = (face: Face) =>
    pageResponse(saidPage(face, face.speech.say("sign_out"), face.speech.say("signed_out")), 200, {
      "set-cookie": setCookie(issuer, cookie, "", 0),
    });
  app.serve(list, async (c) => {
    const face = await faceOf(c);
    const who = whoOf(c);
    const sessions = await listSessions(deps, who);
    const extra = who.side === "customer" ? undefined : await more(face, who);
    const acting = who.side === "customer" ? undefined : await actingPart(world, face, who);
    const { say } = face.speech;
    const content = html`<h1>${say("sessions_title")}</h1>
<ul class="rows">${sessions.map((session) => sessionRow(face, who, session))}</ul>
<form method="post" action="${path}/end-all">${formToken(who)}<button class="quiet">${say("sessions_end_all")}</button></form>
${acting}${extra?.content}`;
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
    if (secret !== undefined) await signOut(deps, secret);
    return gone(await faceOf(c));
  });
  app.serve(act, async (c) => {
    const to = (c.get("form")?.get("person") ?? "").slice(0, 64);
    const { secret, side } = await switchPerson(deps, c.get("person"), to, browserOf(c));
    return welcome({ secret, location: homeOf(side) });
  });
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
