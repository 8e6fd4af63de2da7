import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import type { Environment } from "../config/load-config.ts";
import { locateNetwork, type NetworkConfig } from "../config/network-config.ts";
import { replaceSecrets, type SecretSource } from "../config/secret-source.ts";
import { secretText } from "../config/secrets.ts";
import type { ProductId } from "../words/ids.ts";
import { memberNames } from "./manifest.ts";

/** The small files of a receiver, as they go into a backup. */
export interface Gathered {
  /** Members by their names. */
  texts: Map<string, Buffer>;
  /** Names of variables that hold secrets, which are not in the backup. */
  variables: string[];
}

/**
 * Collects what a receiver needs beside its database: the configuration, the private keys, the pepper, and each
 * secret that stands in a file. The configuration names the files by their places in the backup, and goes as it
 * stands otherwise; secrets in variables stay where they are, but for the pepper, without which the database's hashes
 * are worth nothing.
 *
 * @throws {ConfigError} when the pepper or a secret's file cannot be read
 */
export function gatherFiles(config: Config, env: Environment): Gathered {
  const secrets = new Map<string, { name: string; text: Buffer }>();
  const variables = new Set<string>();
  const place = (source: SecretSource, path: string): SecretSource => {
    if ("env" in source) {
      variables.add(source.env);
      return source;
    }
    const file = resolve(dirname(config.file), source.file);
    const known = secrets.get(file);
    if (known !== undefined) return { file: known.name };
    const name = `secrets/${secrets.size + 1}`;
    secrets.set(file, { name, text: Buffer.from(`${secretText({ file }, env, path)}\n`) });
    return { file: name };
  };
  const file = placeConfig(config, place);
  return {
    texts: new Map([
      [memberNames.config, Buffer.from(`${JSON.stringify(file, null, 2)}\n`)],
      [memberNames.pepper, Buffer.from(`${secretText(config.pepper, env, "pepper")}\n`)],
      ...privateKeys(config.keysFolder),
      ...[...secrets.values()].map(({ name, text }) => [name, text] as const),
    ]),
    variables: [...variables].sort(),
  };
}

type Place = (source: SecretSource, path: string) => SecretSource;

/**
 * The configuration as a person wrote it, with the backup's places in it. Database, keys and pepper have one place in
 * every backup, so they are left out.
 */
function placeConfig(config: Config, place: Place): object {
  const text = readFileSync(config.file, "utf8").replace(/^\uFEFF/, "");
  const { database, keys, pepper, products, networks, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return {
    ...(replaceSecrets(rest, "", place) as object),
    products: placeInstallers(products as Record<string, unknown>[], config.products),
    ...(networks === undefined
      ? {}
      : { networks: placeNetworks(networks as Record<string, NetworkConfig>, place) }),
  };
}

const placeNetworks = (networks: Record<string, NetworkConfig>, place: Place): object =>
  Object.fromEntries(
    Object.entries(networks).map(([id, network]) => [id, locateNetwork(network, id, place)]),
  );

/** Installers are not in the backup: relative paths would be counted from another folder after a restore. */
const placeInstallers = (written: Record<string, unknown>[], products: Config["products"]): object[] =>
  written.map((product) => {
    const loaded = products.get(product.id as ProductId);
    return product.installers === undefined ? product : { ...product, installers: loaded?.installers ?? [] };
  });

function privateKeys(folder: string): [string, Buffer][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[\w-]{43}\.jwk$/.test(name))
    .sort()
    .map((name) => [`keys/${name}`, readFileSync(join(folder, name))]);
}
