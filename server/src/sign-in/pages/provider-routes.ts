import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { readForm } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { pageResponse } from "../../pages/page.ts";
import { cookieName, cookieOf, setCookie } from "../../sessions/cookie.ts";
import { Refusal } from "../../words/refusal.ts";
import { ceremonyMinutes } from "../ceremonies.ts";
import { readDestination } from "../destination.ts";
import { endByProvider } from "../leave-provider.ts";
import { type Provider, ProviderDown } from "../providers.ts";
import { comeBack, goToProvider, type ProviderRefusal } from "../use-provider.ts";
import { addressPage, type Face } from "./sign-in-pages.ts";
import { addressForm, type OtherWays, type SignInWorld, see, waiting } from "./sign-in-routes.ts";

const go = pageRoute({
  who: "anyone",
  operationId: "goToProvider",
  method: "get",
  path: "/sign-in/oidc/{provider}",
  summary: "To the provider by which the vendor's people sign in",
});
const back = pageRoute({
  who: "anyone",
  operationId: "comeBackFromProvider",
  method: "get",
  path: "/sign-in/oidc/{provider}/back",
  summary: "Back from the provider, in the browser that went there",
});
const ended = pageRoute({
  who: "anyone",
  operationId: "endByProvider",
  method: "post",
  path: "/sign-in/oidc/{provider}/ended",
  summary: "The provider says, by its signed token, which sign-ins have ended there",
});

/** Links to the providers. They are links and no forms: a form's policy would have to name all hosts a provider leads through. */
export const providersPart = (
  { speech }: Face,
  providers: Iterable<Provider>,
  { destination, isAgain = false }: { destination: string | undefined; isAgain?: boolean },
): Html[] =>
  [...providers].map(({ settings }) => {
    const query = new URLSearchParams({
      ...(destination === undefined ? {} : { to: destination }),
      ...(isAgain ? { again: "1" } : {}),
    });
    const href = `/sign-in/oidc/${settings.id}${query.size === 0 ? "" : `?${query}`}`;
    return html`<a${attributes({ class: "button", href })}>${speech.say("oidc", { name: settings.name })}</a>\n`;
  });

/** What brings the vendor's people to a provider and back, and ends what has ended there. */
export function addProviderRoutes(
  app: App,
  world: SignInWorld,
  { providers, otherWays }: { providers: ReadonlyMap<string, Provider>; otherWays: OtherWays },
): void {
  const { deps, faceOf, browserOf, welcome } = world;
  const { issuer } = deps.config;
  const cookie = cookieName(issuer, "tallystick-provider");
  const providerOf = (c: AppContext): Provider => {
    const provider = providers.get(c.req.param("provider") ?? "");
    if (provider === undefined) throw new Refusal("not_found", "There is no such provider.");
    return provider;
  };
  /** The form for the address with what went wrong above it, so that a code by mail is one step away. */
  const insteadOf = (face: Face, alert: string, given: { destination: string | undefined; status: number }) =>
    pageResponse(
      addressPage(face, {
        ...addressForm(deps, { destination: given.destination, ...otherWays(face, given) }),
        alert,
      }),
      given.status,
    );
  const tooOften = (face: Face, error: unknown, destination?: string): Response => {
    if (!(error instanceof Refusal)) throw error;
    const page = insteadOf(face, face.speech.say("too_often"), { destination, status: 429 });
    for (const [header, value] of Object.entries(waiting(error.retryAfterSeconds)))
      page.headers.set(header, value);
    return page;
  };
  app.serve(go, async (c) => {
    const provider = providerOf(c);
    const destination = readDestination(c.req.query("to"));
    const isAgain = c.req.query("again") !== undefined;
    const face = await faceOf(c);
    const { name } = provider.settings;
    try {
      const { address } = browserOf(c);
      const departure = { destination, isAgain, address, language: face.speech.tag };
      const { url, browser } = await goToProvider(deps, provider, departure);
      return see(url, { "set-cookie": setCookie(issuer, cookie, browser, ceremonyMinutes * 60) });
    } catch (error) {
      if (error instanceof ProviderDown) {
        deps.log.warn("session.refused", { reason: "provider_down", type: "oidc" }, error);
        return insteadOf(face, face.speech.say("oidc_down", { name }), { destination, status: 503 });
      }
      return tooOften(face, error, destination);
    }
  });
  app.serve(back, async (c) => {
    const provider = providerOf(c);
    const { search } = new URL(c.req.url);
    const came = { browser: cookieOf(c, cookie), query: search.slice(0, 8_000), at: browserOf(c) };
    const face = await faceOf(c);
    const ended = await comeBack(deps, provider, came).catch((error: unknown) => tooOften(face, error));
    if (ended instanceof Response) return ended;
    if (ended.outcome === "signed-in") return welcome(ended, "tallystick-provider");
    const { reason, mail = "", destination } = ended;
    const text = face.speech.say(texts[reason], { name: provider.settings.name, mail });
    return insteadOf(face, text, { destination, status: reason === "provider_down" ? 503 : 403 });
  });
  app.serve(ended, async (c) => {
    const provider = providerOf(c);
    const token = (await readForm(c))?.get("logout_token") ?? "";
    try {
      const { address } = browserOf(c);
      await endByProvider(deps, provider, { token: token.slice(0, 20_000), address });
    } catch (error) {
      if (error instanceof ProviderDown) throw new Refusal("busy", "Your keys cannot be read at the moment.");
      throw error;
    }
    return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  });
}

const texts = {
  ceremony_unknown: "oidc_failed",
  provider_down: "oidc_down",
  denied: "oidc_denied",
  proof_invalid: "oidc_failed",
  mail_missing: "oidc_mail_missing",
  mail_unverified: "oidc_mail_unverified",
  person_unknown: "oidc_person_unknown",
} as const satisfies Record<ProviderRefusal, string>;
