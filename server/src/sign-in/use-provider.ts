import type { IDToken, UserInfoResponse } from "openid-client";
import { findPeopleByMail } from "../people/rows/people.ts";
import { startSession } from "../sessions/sessions.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import type { SignInNeeds } from "./begin.ts";
import { beginCeremony, type CeremonyFacts, chargeCeremony, endCeremony } from "./ceremonies.ts";
import { choosePerson, type Finished, type SigningBrowser } from "./finish.ts";
import { type Provider, ProviderDown } from "./providers.ts";

/** Where a provider sends people back to. Each has an address of its own, so that none answers for another (RFC 9700, 4.4). */
export const backUrl = (issuer: string, { settings }: Provider): string =>
  `${issuer}/sign-in/oidc/${settings.id}/back`;

/** Where somebody is going, and how. */
export interface Departure {
  destination: string | undefined;
  /** Whether she is to sign in there anew, since what comes next wants a fresh sign-in. */
  isAgain: boolean;
  /** The network address, as `clientAddressOf` tells it. */
  address: string;
  /** BCP 47. */
  language: string;
}

/**
 * Sends somebody to a provider: with PKCE, state and nonce, of which the browser holds none.
 *
 * @returns the address at the provider, and what the browser's cookie is to carry
 * @throws {ProviderDown}
 * @throws {Refusal} `too_many_requests`
 */
export async function goToProvider(
  deps: SignInNeeds,
  provider: Provider,
  { destination, isAgain, address, language }: Departure,
): Promise<{ url: string; browser: string }> {
  await chargeCeremony(deps, address);
  const configuration = await provider.discover();
  const client = await import("openid-client");
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: backUrl(deps.config.issuer, provider),
    scope: "openid email",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ui_locales: language,
    ...(isAgain ? { prompt: "login", max_age: String(freshSeconds(deps)) } : {}),
  });
  const facts = { provider: provider.settings.id, state, nonce, verifier, destination, isAgain };
  return { url: url.href, browser: await beginCeremony(deps, "oidc", facts) };
}

const freshSeconds = ({ config }: Pick<SignInNeeds, "config">): number => config.signIn.freshMinutes * 60;

/** Why somebody who came back from a provider is not let in, in order of precedence. */
export const providerRefusals = [
  /** Another browser, another provider, or too late. */
  "ceremony_unknown",
  "provider_down",
  /** She said no there, or may not use it. */
  "denied",
  /** What came back does not prove what was asked: state, issuer, signature, audience, nonce, code. */
  "proof_invalid",
  "mail_missing",
  "mail_unverified",
  "person_unknown",
] as const;
/** One reason. */
export type ProviderRefusal = (typeof providerRefusals)[number];

/** How a return from a provider ends. */
export type Return =
  | ({ outcome: "signed-in" } & Finished)
  | { outcome: "refused"; reason: ProviderRefusal; mail?: string; destination: string | undefined };

/** Somebody who came back. */
export interface Returned {
  /** What the browser's cookie carries. */
  browser: string | undefined;
  /** The query that the provider sent along. */
  query: string;
  at: SigningBrowser;
}

/**
 * Ends what `goToProvider` began. Whoever is let in was invited by the address that the provider vouches for.
 *
 * @throws {Refusal} `too_many_requests`
 */
export async function comeBack(deps: SignInNeeds, provider: Provider, came: Returned): Promise<Return> {
  await chargeCeremony(deps, came.at.address);
  const facts = await endCeremony(deps, "oidc", came.browser);
  const destination = facts?.destination;
  const refuse = (
    reason: ProviderRefusal,
    more: { code?: string | undefined; mail?: string } = {},
  ): Return => {
    deps.log.warn("session.refused", { reason, type: "oidc", code: more.code });
    return {
      outcome: "refused",
      reason,
      destination,
      ...(more.mail === undefined ? {} : { mail: more.mail }),
    };
  };
  if (facts === undefined || facts.provider !== provider.settings.id) return refuse("ceremony_unknown");
  const proved = await prove(deps, provider, { facts, query: came.query });
  if ("reason" in proved) return refuse(proved.reason, { code: proved.code });
  const { claims, told } = proved;
  const mail = told.email?.trim();
  if (mail === undefined || !isEmailAddress(mail)) return refuse("mail_missing");
  if (!provider.settings.assignsMail && !isTrue(told.email_verified))
    return refuse("mail_unverified", { mail });
  const finished = await deps.store.write((tx) => finish(tx, deps, { mail, claims, facts, at: came.at }));
  if (finished === undefined) return refuse("person_unknown", { mail });
  const { actor, ...rest } = finished;
  deps.log.info("session.started", { actor, type: "oidc" });
  return { outcome: "signed-in", ...rest };
}

interface Proved {
  claims: IDToken;
  /** Where the address stands: in the ID token, or else in what the provider's user endpoint says. */
  told: Pick<UserInfoResponse, "email"> & { email_verified?: unknown };
}

type Unproved = { reason: ProviderRefusal; code?: string | undefined };

async function prove(
  { config }: SignInNeeds,
  provider: Provider,
  { facts, query }: { facts: CeremonyFacts["oidc"]; query: string },
): Promise<Proved | Unproved> {
  try {
    const configuration = await provider.discover();
    const client = await import("openid-client");
    const url = new URL(`${backUrl(config.issuer, provider)}${query}`);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: facts.verifier,
      expectedState: facts.state,
      expectedNonce: facts.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return { reason: "proof_invalid" };
    if (typeof claims.email === "string")
      return { claims, told: { email: claims.email, email_verified: claims.email_verified } };
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return { claims, told: {} };
    return { claims, told: await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) };
  } catch (error) {
    return whyUnproved(error);
  }
}

/** Codes of `openid-client` and `oauth4webapi`; what they say beside it may repeat what the provider sent. */
function whyUnproved(error: unknown): Unproved {
  if (error instanceof ProviderDown) return { reason: "provider_down" };
  if (!(error instanceof Error)) return { reason: "proof_invalid" };
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  const named = typeof code === "string" ? code : undefined;
  if (named === "OAUTH_AUTHORIZATION_RESPONSE_ERROR") return { reason: "denied", code: short(said) ?? named };
  const isDown =
    named === "OAUTH_TIMEOUT" ||
    named === "OAUTH_ABORT" ||
    (error instanceof TypeError && error.message === "fetch failed");
  return { reason: isDown ? "provider_down" : "proof_invalid", code: named };
}

/** An error code as RFC 6749 allows it, for the log. */
const short = (said: unknown): string | undefined =>
  typeof said === "string" && /^[\w-]{1,60}$/.test(said) ? said : undefined;

/** Some providers say it as text. */
const isTrue = (claim: unknown): boolean => claim === true || claim === "true";

async function finish(
  tx: Tx,
  deps: SignInNeeds,
  {
    mail,
    claims,
    facts,
    at,
  }: { mail: string; claims: IDToken; facts: CeremonyFacts["oidc"]; at: SigningBrowser },
): Promise<(Finished & { actor: string }) | undefined> {
  const people = await findPeopleByMail(tx, deps.hashes.email(mail));
  const own = people.filter(({ partner_id }) => partner_id === null);
  const found = choosePerson(own, facts.destination ?? null);
  if (found === undefined) return undefined;
  const { device, replaces } = at;
  const { sid } = claims;
  const secret = await startSession(tx, deps, {
    subject: found.subject,
    way: "oidc",
    device,
    replaces,
    signedInAt: provedAt(deps, claims, facts),
    atProvider: {
      provider: facts.provider,
      subject: claims.sub,
      session: typeof sid === "string" ? sid : undefined,
    },
  });
  return { secret, location: found.location, actor: found.actor };
}

/**
 * When somebody proved who she is: a provider that knows her already lets her through without a question, which is no
 * fresh sign-in. It tells when she last signed in there (`auth_time`); of one that does not, only a sign-in that was
 * asked for anew is fresh.
 */
function provedAt(
  { clock, config }: SignInNeeds,
  { auth_time }: IDToken,
  { isAgain }: CeremonyFacts["oidc"],
): Instant {
  const now = clock();
  if (typeof auth_time === "number") return instant(Math.min(now, auth_time * 1_000));
  return isAgain ? now : instant(now - config.signIn.freshMinutes * 60_000);
}
