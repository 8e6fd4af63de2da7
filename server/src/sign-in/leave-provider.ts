import { createRemoteJWKSet, jwtVerify } from "jose";
import { z } from "zod";
import type { Deps } from "../deps/deps.ts";
import { endAtProvider } from "../sessions/sessions.ts";
import { Refusal } from "../words/refusal.ts";
import { chargeCeremony } from "./ceremonies.ts";
import type { Provider } from "./providers.ts";

/**
 * Where somebody who has signed out here can sign out at the provider too (OpenID Connect RP-Initiated Logout 1.0);
 * undefined where it has no such page, or does not answer.
 */
export async function leaveUrl(
  { config }: Pick<Deps, "config">,
  provider: Provider,
): Promise<string | undefined> {
  try {
    const configuration = await provider.discover();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    const { buildEndSessionUrl } = await import("openid-client");
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${config.issuer}/sign-in` }).href;
  } catch {
    return undefined;
  }
}

const event = "http://schemas.openid.net/event/backchannel-logout";
const logoutClaims = z
  .object({
    jti: z.string().min(1).max(500),
    sub: z.string().min(1).max(500).optional(),
    sid: z.string().min(1).max(500).optional(),
    events: z.record(z.string(), z.unknown()),
    nonce: z.undefined().optional(),
  })
  .refine(({ events }) => typeof events[event] === "object" && events[event] !== null)
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** A token is taken for so long after it was issued. Taken twice, it ends what has ended already. */
const freshSeconds = 300;

/** What a provider sent, and from where. */
export interface ToldEnd {
  token: string;
  /** The network address, as `clientAddressOf` tells it. */
  address: string;
}

/**
 * Ends the sessions that a provider says have ended, by its signed token (OpenID Connect Back-Channel Logout 1.0, 2.6).
 *
 * @returns how many sessions were ended
 * @throws {Refusal} `request_invalid` for a token that is not this provider's, not for this receiver, too old or no such token;
 *   `too_many_requests`
 * @throws {ProviderDown} when the provider's keys cannot be read
 */
export async function endByProvider(
  deps: Pick<Deps, "store" | "hashes" | "clock" | "config">,
  provider: Provider,
  { token, address }: ToldEnd,
): Promise<number> {
  await chargeCeremony(deps, address);
  const configuration = await provider.discover();
  const { issuer, jwks_uri } = configuration.serverMetadata();
  if (jwks_uri === undefined) throw invalid();
  const claims = await jwtVerify(token, keysOf(configuration, jwks_uri), {
    issuer,
    audience: provider.settings.clientId,
    maxTokenAge: freshSeconds,
    clockTolerance: 60,
    requiredClaims: ["iat", "jti", "events"],
  }).then(
    ({ payload }) => logoutClaims.safeParse(payload).data,
    (cause: unknown) => {
      throw invalid(cause);
    },
  );
  if (claims === undefined) throw invalid();
  const { sub: subject, sid: session } = claims;
  return endAtProvider(deps, { provider: provider.settings.id, subject, session });
}

const keySets = new WeakMap<object, ReturnType<typeof createRemoteJWKSet>>();

/** A provider's keys, kept as long as what its discovery document says, and read anew when it signs with another. */
function keysOf(configuration: object, address: string) {
  const keys = keySets.get(configuration) ?? createRemoteJWKSet(new URL(address), { timeoutDuration: 8_000 });
  keySets.set(configuration, keys);
  return keys;
}

const invalid = (cause?: unknown) =>
  new Refusal("request_invalid", "That is not a logout token for this receiver.", { cause });
