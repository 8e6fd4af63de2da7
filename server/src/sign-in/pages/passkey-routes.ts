import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { takeJson } from "../../http/json-body.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { People } from "../../http/route.ts";
import { cameFromElsewhere } from "../../pages/form.ts";
import { pageResponse } from "../../pages/page.ts";
import { cookieName, cookieOf, setCookie } from "../../sessions/cookie.ts";
import { Refusal } from "../../words/refusal.ts";
import { partnerRoles, vendorRoles } from "../../words/roles.ts";
import { addPasskey, beginPasskey } from "../add-passkey.ts";
import { ceremonyMinutes } from "../ceremonies.ts";
import { readDestination } from "../destination.ts";
import { readAuthentication, readRegistration } from "../passkey-answers.ts";
import { removePasskey, renamePasskey, showPasskey } from "../passkeys.ts";
import type { RelyingParty } from "../relying-party.ts";
import { beginUse, finishByPasskey } from "../use-passkey.ts";
import { removePasskeyPage } from "./passkey-parts.ts";
import { type SignInWorld, see } from "./sign-in-routes.ts";

const people: People = { vendor: vendorRoles, partner: partnerRoles };
const askUse = pageRoute({
  who: "anyone",
  operationId: "askForPasskey",
  method: "post",
  path: "/sign-in/passkey/options",
  summary: "What a browser needs to ask for a passkey; the answer tells nothing of who has one",
});
const use = pageRoute({
  who: "anyone",
  operationId: "signInByPasskey",
  method: "post",
  path: "/sign-in/passkey",
  summary: "Sign in by a passkey, in the browser that asked for it",
});
const askAdd = pageRoute({
  // Whoever adds one can sign in ever after: a session that somebody left open is not enough.
  who: { ...people, fresh: true },
  operationId: "beginPasskey",
  method: "post",
  path: "/sign-in/passkeys/options",
  summary: "What a browser needs to make a passkey",
});
const add = pageRoute({
  who: people,
  operationId: "addPasskey",
  method: "post",
  path: "/sign-in/passkeys",
  summary: "Add the passkey that the browser made, in the session that asked for it",
});
const rename = pageRoute({
  who: people,
  operationId: "renamePasskey",
  method: "post",
  path: "/sign-in/passkeys/rename",
  summary: "Rename one's own passkey",
});
const remove = pageRoute({
  who: people,
  operationId: "removePasskey",
  method: "post",
  path: "/sign-in/passkeys/remove",
  summary: "Remove one's own passkey; it asks first, and `step=do` does it",
});

/** What the browser's script and the forms of the passkeys send. */
export function addPasskeyRoutes(app: App, world: SignInWorld, party: RelyingParty): void {
  const { deps, browserOf, faceOf, welcome } = world;
  const { issuer } = deps.config;
  const cookie = cookieName(issuer, "tallystick-passkey");
  const holding = (browser: string) => ({
    "set-cookie": setCookie(issuer, cookie, browser, ceremonyMinutes * 60),
    "cache-control": "no-store",
  });
  const refuseForeign = (c: AppContext) => {
    if (cameFromElsewhere(c, issuer)) throw new Refusal("forbidden", "This came from another page.");
  };
  app.serve(askUse, async (c) => {
    refuseForeign(c);
    const { options, browser } = await beginUse(deps, party, browserOf(c).address);
    return c.json(options, 200, holding(browser));
  });
  app.serve(use, takeJson, async (c) => {
    refuseForeign(c);
    const { to, credential } = await sentBody(c);
    const response = readAuthentication(credential);
    if (response === undefined) throw new Refusal("request_invalid", "That is no passkey's answer.");
    const destination = typeof to === "string" ? readDestination(to) : undefined;
    const sent = { browser: cookieOf(c, cookie), response, destination };
    const finished = await finishByPasskey(deps, party, { sent, at: browserOf(c) });
    const headers = welcome(finished, "tallystick-passkey").headers;
    headers.delete("location");
    headers.set("content-type", "application/json");
    return new Response(JSON.stringify({ location: finished.location }), { headers });
  });
  app.serve(askAdd, async (c) => {
    const { options, browser } = await beginPasskey(deps, party, c.get("person"));
    return c.json(options, 200, holding(browser));
  });
  app.serve(add, takeJson, async (c) => {
    const response = readRegistration((await sentBody(c)).credential);
    if (response === undefined) throw new Refusal("request_invalid", "That is no passkey.");
    const sent = { browser: cookieOf(c, cookie), response, name: browserOf(c).device };
    await addPasskey(deps, party, { person: c.get("person"), sent });
    return c.json({ added: true }, 200, { "cache-control": "no-store" });
  });
  app.serve(rename, async (c) => {
    const form = c.get("form");
    const name = form?.get("name") ?? "";
    await renamePasskey(deps, c.get("person"), { id: passkeyIn(form), name });
    return see("/sign-in/sessions");
  });
  app.serve(remove, async (c) => {
    const [person, form] = [c.get("person"), c.get("form")];
    const id = passkeyIn(form);
    if (form?.get("step") !== "do") {
      const passkey = await showPasskey(deps, person, id);
      return pageResponse(removePasskeyPage(await faceOf(c), person, passkey));
    }
    await removePasskey(deps, person, id);
    return see("/sign-in/sessions");
  });
}

const passkeyIn = (form: URLSearchParams | undefined): string => (form?.get("passkey") ?? "").slice(0, 1_400);

/** @throws {Refusal} `request_invalid` for what is no JSON object */
async function sentBody(c: AppContext): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Refusal("request_invalid", "The body must be a JSON object.");
  return { ...body };
}
