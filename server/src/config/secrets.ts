import { readFileSync } from "node:fs";
import type { ShopName } from "../words/ids.ts";
import type { Config } from "./config.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import type { Environment } from "./load-config.ts";
import { type NetworkSettings, readNetwork } from "./network-config.ts";
import { replaceSecrets, type SecretSource } from "./secret-source.ts";
import type { ShopConfig, ShopSettings } from "./shop-config.ts";
import { providersOf } from "./sign-in-config.ts";

/** An admin token is tried against a running receiver only, one request at a time; a hash can be tried at leisure. */
const minAdminTokenBytes = 16;

/**
 * Reads one secret. White space around a file's content is left off, since editors put a line's end there.
 *
 * @throws {ConfigError} when it is unset, empty or cannot be read; `path` is where the configuration names it
 */
export async function readSecret(source: SecretSource, env: Environment, path = "secret"): Promise<string> {
  return secretText(source, env, path);
}

/**
 * Reads all that a running receiver needs: the admin token and the secrets of every shop, network and sign-in provider. A shop's own rules for its
 * secrets are checked by `openShops`.
 *
 * @throws {ConfigError} with every secret that is missing, and an admin token under 16 bytes
 */
export async function readServerSecrets(config: Config, env: Environment) {
  const { read, problems } = secretReader(env);
  const adminToken = read(config.adminToken, "adminToken");
  if (adminToken !== "" && Buffer.byteLength(adminToken) < minAdminTokenBytes) {
    problems.push({ path: "adminToken", message: `expected at least ${minAdminTokenBytes} bytes` });
  }
  const shops = new Map<ShopName, ShopSettings>();
  for (const [name, shop] of config.shops)
    shops.set(name, replaceSecrets(shop, `shops.${name}`, read) as ShopSettings);
  const networks = networksWith(config, read);
  const check = config.trust.licenceCheck;
  const licenceCheck = check === undefined ? undefined : read(check.secret, "trust.licenceCheck.secret");
  const mailPassword = mailPasswordWith(config, read);
  const providers = new Map(
    providersOf(config.signIn).map(({ id, secret }, at) => {
      const place = Array.isArray(config.signIn.oidc) ? `[${at}]` : "";
      return [id, read(secret, `signIn.oidc${place}.secret`)];
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return { adminToken, shops, networks, licenceCheck, mailPassword, providers };
}

/**
 * Reads the password of the mail server's user and no other secret; undefined where none is named.
 *
 * @throws {ConfigError} when it is missing
 */
export function readMailPassword(config: Pick<Config, "mail">, env: Environment): string | undefined {
  const { read, problems } = secretReader(env);
  const password = mailPasswordWith(config, read);
  if (problems.length > 0) throw new ConfigError(problems);
  return password;
}

function mailPasswordWith({ mail }: Pick<Config, "mail">, read: Read): string | undefined {
  if (mail === undefined || !("smtp" in mail) || mail.smtp.secret === undefined) return undefined;
  return read(mail.smtp.secret, "mail.smtp.secret");
}

/**
 * Reads the secrets of one shop and of no other, for commands that are about it alone.
 *
 * @throws {ConfigError} with every secret that is missing
 */
export function readShopSecrets(shop: ShopConfig, name: string, env: Environment): ShopSettings {
  const { read, problems } = secretReader(env);
  const settings = replaceSecrets(shop, `shops.${name}`, read);
  if (problems.length > 0) throw new ConfigError(problems);
  return settings as ShopSettings;
}

/**
 * Reads the secrets of the networks and no others, for a process that only sends.
 *
 * @throws {ConfigError} with every secret that is missing
 */
export function readNetworkSecrets(
  config: Pick<Config, "networks">,
  env: Environment,
): ReadonlyMap<string, NetworkSettings> {
  const { read, problems } = secretReader(env);
  const networks = networksWith(config, read);
  if (problems.length > 0) throw new ConfigError(problems);
  return networks;
}

type Read = (source: SecretSource, path: string) => string;

const networksWith = (
  { networks }: Pick<Config, "networks">,
  read: Read,
): ReadonlyMap<string, NetworkSettings> =>
  new Map([...networks].map(([id, network]) => [id, readNetwork(network, id, read)]));

/** Reads one secret after the other and collects what is wrong, so that all of it is told at once. */
function secretReader(env: Environment): { read: Read; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const read = (source: SecretSource, path: string): string => {
    try {
      return secretText(source, env, path);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return "";
    }
  };
  return { read, problems };
}

/**
 * Reads one secret, as `readSecret` does, at once.
 *
 * @throws {ConfigError}
 */
export function secretText(source: SecretSource, env: Environment, path: string): string {
  if ("env" in source) {
    const secret = env[source.env];
    if (!secret)
      throw new ConfigError([{ path, message: `expected the environment variable ${source.env} to be set` }]);
    return secret;
  }
  const secret = readFileOrExplain(source.file, path).trim();
  if (secret === "")
    throw new ConfigError([{ path, message: `expected a secret in ${source.file}; it is empty` }]);
  return secret;
}

function readFileOrExplain(file: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing
      ? `expected a file ${file}; there is none`
      : `expected a file that can be read: ${(cause as Error).message}`;
    throw new ConfigError([{ path, message }]);
  }
}
