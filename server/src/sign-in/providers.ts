import type { Configuration } from "openid-client";
import type { ProviderConfig } from "../config/sign-in-config.ts";
import type { Clock } from "../words/clock.ts";

/** A provider by which the vendor's people sign in. */
export interface Provider {
  settings: ProviderConfig;
  /**
   * What its discovery document says, read at the first use and kept for an hour. Where it cannot be read anew, what was
   * read before goes on counting.
   *
   * @throws {ProviderDown} when it was never read and cannot be now
   */
  discover(): Promise<Configuration>;
}

/** A provider that does not answer, or not as one. */
export class ProviderDown extends Error {
  override readonly name = "ProviderDown";
}

const keptMilliseconds = 3_600_000;
const answerSeconds = 8;

/** Makes the providers of the configuration, by their ids. Nothing is asked yet. */
export const openProviders = (
  settings: readonly ProviderConfig[],
  { secrets, clock }: { secrets: ReadonlyMap<string, string>; clock: Clock },
): ReadonlyMap<string, Provider> =>
  new Map(settings.map((one) => [one.id, openProvider(one, secrets.get(one.id) ?? "", clock)]));

function openProvider(settings: ProviderConfig, secret: string, clock: Clock): Provider {
  let known: { configuration: Configuration; at: number } | undefined;
  let asking: Promise<Configuration> | undefined;
  const ask = async (): Promise<Configuration> => {
    try {
      const configuration = await readDiscovery(settings, secret);
      known = { configuration, at: clock() };
      return configuration;
    } catch (cause) {
      if (known !== undefined) return known.configuration;
      throw new ProviderDown(`${settings.issuer} does not answer as a provider`, { cause });
    } finally {
      asking = undefined;
    }
  };
  return {
    settings,
    discover: async () => {
      if (known !== undefined && clock() - known.at < keptMilliseconds) return known.configuration;
      asking ??= ask();
      return asking;
    },
  };
}

async function readDiscovery({ issuer, clientId }: ProviderConfig, secret: string): Promise<Configuration> {
  const client = await import("openid-client");
  const isPlain = new URL(issuer).protocol === "http:";
  const options = { timeout: answerSeconds, execute: isPlain ? [client.allowInsecureRequests] : [] };
  const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), options);
  const server = found.serverMetadata();
  // OpenID Connect Discovery 1.0, section 3: a provider that names no method takes client_secret_basic.
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  // In a form there is one way to spell a secret; of the header's encoding (RFC 6749, 2.3.1) providers differ.
  const takesForm = methods.includes("client_secret_post");
  const proof = takesForm ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
  const configuration = new client.Configuration(server, clientId, { client_secret: secret }, proof);
  configuration.timeout = answerSeconds;
  // OpenID Connect Core 1.0, section 3.1.3.7, would let TLS stand for the signature; a proxy that opens TLS is no provider.
  client.enableNonRepudiationChecks(configuration);
  if (isPlain) client.allowInsecureRequests(configuration);
  return configuration;
}
