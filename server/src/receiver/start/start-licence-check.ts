import type { Config } from "../../config/config.ts";
import { ConfigError } from "../../config/config-error.ts";
import type { Deps } from "../../deps/deps.ts";
import { createSender } from "../../outgoing/send-request.ts";
import { createLicenceChecker, type LicenceQuestion } from "../../renewal/licence-check.ts";
import { standardWebhooksKey } from "../../secrets/webhook-signatures/signing-secret.ts";

/** What asks the vendor's licence system beside a running receiver. */
export interface RunningLicenceCheck {
  ask(question: LicenceQuestion): void;
  stop(): Promise<void>;
}

/**
 * Starts what asks the vendor's licence system; nothing where the configuration names none. A system on this machine
 * may be asked, as its address stands in the vendor's own configuration.
 *
 * @throws {ConfigError} for a secret that is no Standard Webhooks secret
 */
export function startLicenceCheck(
  deps: Deps,
  { trust }: Pick<Config, "trust">,
  secret: string | undefined,
): RunningLicenceCheck | undefined {
  const { licenceCheck } = trust;
  if (licenceCheck === undefined || secret === undefined) return undefined;
  const reading = standardWebhooksKey(secret);
  if ("problem" in reading)
    throw new ConfigError([{ path: "trust.licenceCheck.secret", message: `the secret ${reading.problem}` }]);
  const { hostname } = new URL(licenceCheck.url);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const sender = createSender({
    wholeMilliseconds: licenceCheck.timeoutSeconds * 1000,
    allowPrivate: isLoopback ? [hostname.replace(/^\[|\]$/g, "")] : [],
  });
  const checker = createLicenceChecker(deps, { url: licenceCheck.url, key: reading.key, sender });
  return { ask: checker.ask, stop: () => sender.close() };
}
