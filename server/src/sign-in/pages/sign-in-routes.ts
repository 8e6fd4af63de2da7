import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { type AppContext, requestHeader } from "../../http/app-env.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { signInTexts } from "../../messages/sign-in/index.ts";
import { speak } from "../../messages/speak.ts";
import { speakKit, wantedLanguages } from "../../pages/app-page.ts";
import { cameFromElsewhere, readForm } from "../../pages/form.ts";
import { pageResponse } from "../../pages/page.ts";
import { type CookieName, cookieName, cookieOf, setCookie } from "../../sessions/cookie.ts";
import { deviceOf } from "../../sessions/device.ts";
import { findSignedIn } from "../../sessions/sessions.ts";
import { Refusal } from "../../words/refusal.ts";
import { beginSignIn, signInMinutes } from "../begin.ts";
import { homeOf, readDestination, sideOf } from "../destination.ts";
import { type Finished, finishByCode, finishByLink, lookAtLink, type SigningBrowser } from "../finish.ts";
import {
  type AddressForm,
  addressPage,
  codePage,
  deadLinkPage,
  type Face,
  linkPage,
} from "./sign-in-pages.ts";

const anyone = { who: "anyone" } as const;
const form = pageRoute({
  ...anyone,
  operationId: "showSignIn",
  method: "get",
  path: "/sign-in",
  summary: "The form for an address to sign in by",
});
const ask = pageRoute({
  ...anyone,
  operationId: "askForCode",
  method: "post",
  path: "/sign-in",
  summary: "Ask for a code by mail; the answer is the same for every address",
});
const code = pageRoute({
  ...anyone,
  operationId: "showCodeForm",
  method: "get",
  path: "/sign-in/code",
  summary: "The form for the code",
});
const type = pageRoute({
  ...anyone,
  operationId: "signInByCode",
  method: "post",
  path: "/sign-in/code",
  summary: "Sign in by the code, in the browser that asked for it",
});
const look = pageRoute({
  ...anyone,
  operationId: "showSignInLink",
  method: "get",
  path: "/sign-in/link",
  summary: "The page behind a mailed link; opening it signs nobody in",
});
const press = pageRoute({
  ...anyone,
  operationId: "signInByLink",
  method: "post",
  path: "/sign-in/link",
  summary: "Sign in by the link's button",
});

/** What the pages of the sign-in stand on. */
export interface SignInWorld {
  deps: Deps;
  faceOf(c: AppContext): Promise<Face>;
  browserOf(c: AppContext): SigningBrowser;
  /** The answer that signs somebody in, and ends what the browser held for it. */
  welcome(finished: Finished, held?: CookieName): Response;
}

/** Makes what the pages of the sign-in stand on. */
export function signInWorld(deps: Deps): SignInWorld {
  const { issuer, brand, listen, signIn } = deps.config;
  const session = cookieName(issuer, "tallystick");
  const addressOf = clientAddressOf(listen.trustedProxies);
  return {
    deps,
    faceOf: async (c) => {
      const chosen = (c.get("person") ?? c.get("customer"))?.language;
      const wanted = wantedLanguages(brand, { chosen, header: requestHeader(c, "accept-language") });
      const speech = await speak(signInTexts, wanted);
      return { brand, speech, questions: (await speakKit([speech.tag])).say("support") };
    },
    browserOf: (c) => ({
      device: deviceOf(requestHeader(c, "user-agent")),
      address: addressOf(c),
      replaces: cookieOf(c, session),
    }),
    welcome: ({ secret, location }, held = "tallystick-sign-in") => {
      const headers = new Headers({ location, "cache-control": "no-store" });
      headers.append("set-cookie", setCookie(issuer, session, secret, signIn.lifetimeHours * 3_600));
      headers.append("set-cookie", setCookie(issuer, cookieName(issuer, held), "", 0));
      return new Response(null, { status: 303, headers });
    },
  };
}

/** Markup and script of other ways to sign in than by mail; `isAgain` where a fresh sign-in is wanted. */
export type OtherWays = (
  face: Face,
  to: { destination: string | undefined; isAgain?: boolean },
) => Pick<AddressForm, "others" | "script">;

/** The pages on which somebody signs in by a mailed code or link. */
export function addSignInRoutes(app: App, world: SignInWorld, otherWays: OtherWays): void {
  const { deps, faceOf, browserOf, welcome } = world;
  const { issuer } = deps.config;
  const began = cookieName(issuer, "tallystick-sign-in");
  app.serve(form, async (c) => {
    const destination = readDestination(c.req.query("to"));
    const isAgain = c.req.query("again") !== undefined;
    const known = isAgain ? undefined : await whoIsHere(deps, c);
    const side = destination === undefined ? undefined : sideOf(destination);
    if (known !== undefined && (side === undefined || side === known))
      return see(destination ?? homeOf(known));
    const face = await faceOf(c);
    return pageResponse(
      addressPage(
        face,
        addressForm(deps, { destination, isAgain, ...otherWays(face, { destination, isAgain }) }),
      ),
    );
  });
  app.serve(ask, (c) => askForCode(world, c, otherWays));
  app.serve(code, async (c) =>
    pageResponse(codePage(await faceOf(c), { destination: readDestination(c.req.query("to")) })),
  );
  app.serve(type, async (c) => {
    const face = await faceOf(c);
    const again = (problem: string, status: number, wait?: number) =>
      pageResponse(codePage(face, { problem }), status, waiting(wait));
    const sent = await readForm(c);
    if (cameFromElsewhere(c, issuer)) return again(face.speech.say("foreign"), 403);
    try {
      const typed = { browser: cookieOf(c, began), code: (sent?.get("code") ?? "").slice(0, 40) };
      return welcome(await finishByCode(deps, typed, browserOf(c)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const text = face.speech.say(error.code === "too_many_requests" ? "too_often" : "code_wrong");
      return again(text, problems[error.code].status, error.retryAfterSeconds);
    }
  });
  app.serve(look, async (c) => {
    const token = c.req.query("t") ?? "";
    const mail = await lookAtLink(deps, token);
    const face = await faceOf(c);
    return mail === undefined
      ? pageResponse(deadLinkPage(face), 410)
      : pageResponse(linkPage(face, { mail, token }));
  });
  app.serve(press, async (c) => {
    const token = (await readForm(c))?.get("t") ?? "";
    if (cameFromElsewhere(c, issuer)) return pageResponse(deadLinkPage(await faceOf(c)), 403);
    try {
      return welcome(await finishByLink(deps, token, browserOf(c)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const status = error.code === "too_many_requests" ? 429 : 410;
      return pageResponse(deadLinkPage(await faceOf(c)), status, waiting(error.retryAfterSeconds));
    }
  });
}

async function askForCode(
  { deps, faceOf, browserOf }: SignInWorld,
  c: AppContext,
  otherWays: OtherWays,
): Promise<Response> {
  const { issuer } = deps.config;
  const sent = await readForm(c);
  const mail = (sent?.get("mail") ?? "").slice(0, 300).toWellFormed();
  const destination = readDestination(sent?.get("to"));
  const face = await faceOf(c);
  const again = (more: Pick<AddressForm, "problem" | "alert">, status: number, wait?: number) =>
    pageResponse(
      addressPage(face, {
        ...addressForm(deps, { destination, mail, ...otherWays(face, { destination }) }),
        ...more,
      }),
      status,
      waiting(wait),
    );
  if (cameFromElsewhere(c, issuer)) return again({ alert: face.speech.say("foreign") }, 403);
  const audience = destination !== undefined && sideOf(destination) === "customer" ? "customer" : "people";
  const languages = wantedLanguages(deps.config.brand, { header: requestHeader(c, "accept-language") });
  try {
    const { address } = browserOf(c);
    const browser = await beginSignIn(deps, { mail, audience, destination, address, languages });
    const name = cookieName(issuer, "tallystick-sign-in");
    const headers = { "set-cookie": setCookie(issuer, name, browser, signInMinutes * 60) };
    return see(
      destination === undefined ? "/sign-in/code" : `/sign-in/code?to=${encodeURIComponent(destination)}`,
      headers,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "too_many_requests")
      return again({ alert: face.speech.say("too_often") }, 429, error.retryAfterSeconds);
    return again({ problem: face.speech.say("mail_invalid") }, 422);
  }
}

/** The form for the address, with what a page says of it. */
export function addressForm(
  { config }: Deps,
  given: { destination: string | undefined; mail?: string; isAgain?: boolean } & Pick<
    AddressForm,
    "others" | "script"
  >,
): AddressForm {
  const { destination, mail = "", isAgain = false, others, script } = given;
  const isCustomer = destination !== undefined && sideOf(destination) === "customer";
  return {
    mail,
    destination,
    intro: isAgain ? "again_intro" : isCustomer ? "customer_intro" : "intro",
    sendsMail: config.mail !== undefined,
    others: isCustomer ? undefined : others,
    script: isCustomer ? undefined : script,
  };
}

async function whoIsHere(deps: Deps, c: AppContext): Promise<"vendor" | "partner" | "customer" | undefined> {
  const secret = cookieOf(c, cookieName(deps.config.issuer, "tallystick"));
  return secret === undefined ? undefined : (await findSignedIn(deps, secret))?.side;
}

/** Sends a browser to another page of this receiver. */
export const see = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store", ...headers } });

/** The header that says how long to wait, where that is known. */
export const waiting = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { "retry-after": String(seconds) };
