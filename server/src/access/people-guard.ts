import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Deps } from "../deps/deps.ts";
import { type AppContext, type AppEnv, type Customer, type Person, requestHeader } from "../http/app-env.ts";
import { type People, rolesOf } from "../http/route.ts";
import { prefersHtml } from "../pages/accept.ts";
import { cameFromElsewhere, formTokenField, readSentForm } from "../pages/form.ts";
import { cookieName, cookieOf } from "../sessions/cookie.ts";
import { findSignedIn, isFresh } from "../sessions/sessions.ts";
import { Refusal } from "../words/refusal.ts";
import { type DenialReason, type Denied, denialPage } from "./denial-page.ts";

/**
 * Lets past only those who are signed in as one of `who`, and notes who it is. A browser that asks for a page is sent to
 * the sign-in, and from there back to the page. What changes something must come from this receiver's own pages: by what
 * the browser says of its origin, and by the token that stands in each form (or in the header `x-form-token`).
 */
export function peopleGuard(deps: Deps, who: People): MiddlewareHandler<AppEnv> {
  const cookie = cookieName(deps.config.issuer, "tallystick");
  return async (c, next) => {
    const secret = cookieOf(c, cookie);
    const found = secret === undefined ? undefined : await findSignedIn(deps, secret);
    const denial = denialOf(deps, who, found);
    const isGuarded = who.fresh === true;
    const isWho = { isGuarded, formToken: found?.formToken, chosen: found?.language };
    if (denial !== undefined) return answerDenial(deps, c, { ...denial, ...isWho });
    if (found === undefined) return;
    const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
    if (changes && !(await isOwnForm(deps, c, found))) return answerDenial(deps, c, { ...foreign, ...isWho });
    if (found.side === "customer") c.set("customer", found);
    else c.set("person", found);
    await next();
  };
}

interface Denial {
  code: "unauthorized" | "forbidden" | "sign_in_stale";
  reason: DenialReason;
  /** For programs; a person gets a page in her language. */
  text: string;
}

const stranger: Denial = {
  code: "unauthorized",
  reason: "stranger",
  text: "This needs somebody who is signed in.",
};
const other: Denial = {
  code: "forbidden",
  reason: "other",
  text: "You are signed in, but this belongs to other people. If it should be yours, ask whoever invited you.",
};
const stale: Denial = {
  code: "sign_in_stale",
  reason: "stale",
  text: "For this you must have signed in a short while ago. Sign in again, then repeat it.",
};
const foreign: Denial = {
  code: "forbidden",
  reason: "form",
  text: "The page that sent this was not opened by this sign-in. Go back, reload it and send it once more. Nothing was changed.",
};

function denialOf(deps: Deps, who: People, found: Person | Customer | undefined): Denial | undefined {
  if (found === undefined) return stranger;
  if (!isOneOf(who, found)) return other;
  if (who.fresh === true && !isFresh(deps, found)) return stale;
  return undefined;
}

/** Whether somebody is one of those who are declared: by side and role, as the declaration itself spells them. */
const isOneOf = (who: People, found: Person | Customer): boolean =>
  rolesOf(who).includes(found.side === "customer" ? "customer" : `${found.side}:${found.role}`);

async function answerDenial(deps: Deps, c: AppContext, denial: Denial & Denied): Promise<Response> {
  const { code, text } = denial;
  if (!prefersHtml(requestHeader(c, "accept"))) throw new Refusal(code, text);
  if (code !== "forbidden" && c.req.method === "GET") {
    const to = encodeURIComponent(new URL(c.req.url).pathname + new URL(c.req.url).search);
    const location = `/sign-in?to=${to}${code === "sign_in_stale" ? "&again=1" : ""}`;
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  }
  return denialPage(deps, c, denial);
}

async function isOwnForm(
  { config }: Deps,
  c: AppContext,
  { formToken }: Person | Customer,
): Promise<boolean> {
  if (cameFromElsewhere(c, config.issuer)) return false;
  const named = requestHeader(c, "x-form-token");
  if (named !== undefined) return isSame(named, formToken);
  const form = await readSentForm(c);
  if (form === undefined) return false;
  c.set("form", form.fields);
  c.set("files", form.files);
  return isSame(form.fields.get(formTokenField) ?? "", formToken);
}

function isSame(presented: string, expected: string): boolean {
  const [one, two] = [Buffer.from(presented), Buffer.from(expected)];
  return one.length === two.length && timingSafeEqual(one, two);
}
