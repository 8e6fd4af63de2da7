import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { CommandRefusal } from "../cli/failure.ts";
import { defaultConfigFile } from "../config/load-config.ts";
import { issuerProblem } from "../config/public-address.ts";
import { writeSecretFile } from "../secrets/secret-file.ts";
import { type StarterKind, type StarterShop, starterShops } from "./starter-shops.ts";

/** What a person chose for the configuration; the rest stays as it runs at once on this machine. */
export interface Chosen {
  issuer?: string | undefined;
  product?: string | undefined;
  name?: string | undefined;
  shop?: StarterKind | undefined;
}

/** The schema beside the configuration: editors find it without a network, and it is this version's. */
const schemaFile = "var/config.schema.json";

/** A configuration that runs at once on this machine; a person makes it hers. */
function configurationOf({ issuer, product, name, shop }: Chosen): Record<string, unknown> {
  const kinds = kindsOf(shop);
  const first: StarterShop = starterShops[kinds[0] ?? "stripe"];
  return {
    $schema: `./${schemaFile}`,
    issuer: issuer ?? "http://127.0.0.1:8787",
    listen: { host: "127.0.0.1", port: 8787 },
    database: "sqlite:./var/tallystick.db",
    keys: "./var/keys",
    adminToken: { file: "./var/admin-token" },
    products: [
      {
        id: product ?? "acme-paint",
        name: name ?? (product === undefined ? "Acme Paint" : product),
        checkout: { shop: first.name, url: first.checkout },
      },
    ],
    shops: Object.fromEntries(
      kinds.map((kind) => {
        const { name: shopName, settings }: StarterShop = starterShops[kind];
        return [shopName, { kind, secrets: [{ file: `./${secretFile(kind)}` }], ...settings }];
      }),
    ),
    attribution: {
      order: ["manual", "voucher", "deal", "serial", "token", "coupon", "email"],
      windowDays: { token: 1830, email: 730 },
    },
    holdDays: 30,
  };
}

/** Without a choice, the shop of the guides and one's own. */
const kindsOf = (shop: StarterKind | undefined): readonly StarterKind[] =>
  shop === undefined ? ["stripe", "standard-webhooks"] : [shop];

const secretFile = (kind: StarterKind): string => `var/${starterShops[kind].name}.secret`;

/** Each secret's file with a value as its reader expects one: a shop's is replaced by the real one later. */
function secretsOf(shop: StarterKind | undefined): (readonly [file: string, value: string])[] {
  const ofShops = kindsOf(shop).flatMap((kind) => {
    const { newSecret, moreSecrets = [] }: StarterShop = starterShops[kind];
    return [secretFile(kind), ...moreSecrets].map((file) => [file, newSecret()] as const);
  });
  return [["var/admin-token", randomBytes(32).toString("base64url")], ...ofShops];
}

/**
 * Writes the configuration, its schema and its secrets into a folder.
 *
 * @throws {CommandRefusal} `usage` for an issuer or a product that is none, `files_exist` when any of what `init` makes is
 *   there already
 */
export function writeStarterFiles(dir: string, chosen: Chosen = {}): { config: string; secrets: string[] } {
  for (const [option, problem] of problemsOf(chosen))
    throw new CommandRefusal("usage", `--${option}: ${problem}.`);
  const folder = resolve(dir);
  const config = join(folder, defaultConfigFile);
  const secrets = secretsOf(chosen.shop).map(([file, value]) => ({ path: join(folder, file), value }));
  const files = [config, ...secrets.map(({ path }) => path), join(folder, schemaFile)];
  const made = [...files, join(folder, "var/keys"), join(folder, "var/tallystick.db")];
  const existing = made.filter((file) => existsSync(file));
  if (existing.length > 0) {
    throw new CommandRefusal(
      "files_exist",
      `Nothing was written, since there is ${existing.join(" and ")} already.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const { path, value } of secrets) writeSecretFile(path, `${value}\n`);
  copyFileSync(ownSchema(), join(folder, schemaFile));
  writeFileSync(config, `${JSON.stringify(configurationOf(chosen), null, 2)}\n`, { flag: "wx" });
  return { config, secrets: secrets.map(({ path }) => path) };
}

/** What is wrong with what was chosen, by option. */
export function problemsOf({
  issuer,
  product,
  name,
}: Chosen): (readonly [option: string, problem: string])[] {
  const issuerIs = issuer === undefined ? undefined : issuerProblem(issuer);
  const isProduct = product === undefined || /^[a-z0-9][a-z0-9._-]{0,63}$/.test(product);
  const isName = name === undefined || /^[^\p{Cc}]{1,200}$/u.test(name);
  return [
    ...(issuerIs === undefined ? [] : [["issuer", issuerIs] as const]),
    ...(isProduct ? [] : [["product", "expected a-z, 0-9, dot, underscore and hyphen, at most 64"] as const]),
    ...(isName ? [] : [["name", "expected 1 to 200 characters on one line"] as const]),
  ];
}

/** The schema in this package, wherever it was built to: by the package's own name. */
const ownSchema = (): string =>
  createRequire(import.meta.url).resolve("@tallystick/server/config.schema.json");

/** What a person types after `init`. */
export function nextCommands(name: string, dir: string, product = "acme-paint"): string[] {
  const option = resolve(dir) === process.cwd() ? "" : ` --config ${join(dir, defaultConfigFile)}`;
  return [
    `${name} partner add north-shop --name "North Shop" --percent 20${option}`,
    `${name} token issue --partner north-shop --product ${product}${option}`,
    `${name} serve${option}`,
  ];
}
