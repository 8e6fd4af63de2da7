import { existsSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { ConfigError, type ConfigProblem } from "../../config/config-error.ts";
import type { Environment } from "../../config/load-config.ts";
import { isLoopbackAddress } from "../../config/public-address.ts";
import { readSecret, readServerSecrets } from "../../config/secrets.ts";
import { checkInstallers } from "../../downloads/check-installers.ts";
import { networkAdapters } from "../../networks/network-adapter.ts";
import { openNetworks } from "../../networks/open-networks.ts";
import { openShops } from "../../shops/open-shops.ts";
import { starterShops } from "../init/starter-shops.ts";

/** A configuration that a receiver can start with. */
export interface CheckedConfig {
  /** The file, absolute. */
  config: string;
  issuer: string;
  /** The file of SQLite, or host and name of the database on PostgreSQL: never its password. */
  database: string;
  /** Ids. */
  products: string[];
  /** Names. */
  shops: string[];
  /** What keeps no receiver from starting and is not meant to stay. */
  notes: ConfigProblem[];
}

/**
 * Reads what a start reads before it opens the database: every secret, shop, network and installer.
 *
 * @throws {ConfigError} with every problem that was found
 */
export async function checkConfig(config: Config, env: Environment): Promise<CheckedConfig> {
  const problems = [
    ...(await problemsOf(async () => {
      const secrets = await readServerSecrets(config, env);
      await Promise.all([
        problemsOf(() => openShops(secrets.shops)),
        problemsOf(() => networkAdapters(openNetworks(secrets.networks))),
      ]).then((found) => throwAll(found.flat()));
    })),
    ...(await problemsOf(() => readNamedPeppers(config, env))),
    ...(await problemsOf(() => checkInstallers(config))),
  ];
  throwAll(problems);
  return {
    config: config.file,
    issuer: config.issuer,
    database: nameOf(config.database),
    products: [...config.products.keys()],
    shops: [...config.shops.keys()],
    notes: notesOn(config),
  };
}

/** What a step found wrong. Both errors of the configuration, its own and the shops', carry a list. */
async function problemsOf(step: () => unknown): Promise<readonly ConfigProblem[]> {
  try {
    await step();
    return [];
  } catch (error) {
    const { problems } = error as { problems?: readonly ConfigProblem[] };
    if (problems === undefined) throw error;
    return problems;
  }
}

function throwAll(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

/** The pepper of the keys' folder is made by the first start; one that is named elsewhere has to be there. */
async function readNamedPeppers({ pepper, formerPepper, keysFolder }: Config, env: Environment) {
  const isMade = "file" in pepper && pepper.file.startsWith(keysFolder) && !existsSync(pepper.file);
  if (!isMade) await readSecret(pepper, env, "pepper");
  if (formerPepper !== undefined) await readSecret(formerPepper, env, "formerPepper");
}

function nameOf(database: Config["database"]): string {
  if (database.engine === "sqlite") return database.path;
  const url = URL.parse(database.url);
  return url === null ? "PostgreSQL" : `${url.host}${url.pathname}`;
}

function notesOn({ issuer, products, shops, listen }: Config): ConfigProblem[] {
  const patterns = new Set(starterShops.map(({ checkout }) => checkout));
  const isLocal = isLoopbackAddress(issuer);
  return [
    ...(isLocal
      ? [{ path: "issuer", message: `${issuer} leads to this machine alone; tokens carry it for years` }]
      : []),
    ...(!isLocal && listen.trustedProxies.length === 0
      ? [
          {
            path: "listen.trustedProxies",
            message: "names no proxy: all customers behind one would share one rate limit",
          },
        ]
      : []),
    ...[...products.values()].flatMap(({ checkout }, at) =>
      patterns.has(checkout.url)
        ? [
            {
              path: `products[${at}].checkout.url`,
              message: "is the pattern that init wrote; put your own shop's address here",
            },
          ]
        : [],
    ),
    ...[...shops].flatMap(([name, shop]) =>
      "testMode" in shop && shop.testMode
        ? [{ path: `shops.${name}.testMode`, message: "takes the shop's test orders and no real ones" }]
        : [],
    ),
  ];
}
