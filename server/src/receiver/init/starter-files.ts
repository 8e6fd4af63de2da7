import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { idPattern } from "@tallystick/sdk/protocol";
import { CommandRefusal } from "../../cli/failure.ts";
import { configJsonSchema } from "../../config/config-json-schema.ts";
import { defaultConfigFile } from "../../config/load-config.ts";
import { issuerProblem } from "../../config/public-address.ts";
import { writeSecretFile } from "../../secrets/secret-file.ts";
import { makeFolder } from "../../store/make-folder.ts";
import { type StarterShop, starterShops } from "./starter-shops.ts";

/** What a person may choose of the first configuration. What is left out is an example's. */
export interface StarterChoice {
  /** The receiver's public address. */
  issuer?: string;
  /** The product's id, and the name that people read. */
  product?: string;
  name?: string;
  /** The kind of shop. */
  shop?: string;
}

/** One of everything, so that the guide's commands fit: what `init` writes for who chooses nothing. */
const exampleProduct = { id: "acme-paint", name: "Acme Paint" };
const exampleShops = ["stripe", "standard-webhooks"];

/** A configuration that runs at once on this machine; a person makes it hers. */
const starterConfig = {
  $schema: "./var/config.schema.json",
  issuer: "http://127.0.0.1:8787",
  listen: { host: "127.0.0.1", port: 8787 },
  database: "sqlite:./var/tallystick.db",
  keys: "./var/keys",
  adminToken: { file: "./var/admin-token" },
};
const starterRules = {
  attribution: {
    order: ["manual", "voucher", "deal", "serial", "token", "coupon", "email"],
    windowDays: { token: 1830, email: 730 },
  },
  holdDays: 30,
};

/**
 * What is wrong with a choice, said as an end of a sentence; undefined when it is fine.
 */
export const choiceProblems: {
  [Member in keyof Required<StarterChoice>]: (value: string) => string | undefined;
} = {
  issuer: issuerProblem,
  product: (id) => (idPattern.test(id) ? undefined : "expected a-z, 0-9, dot, underscore and hyphen"),
  name: (name) => (name.trim() === "" ? "expected the name that customers read" : undefined),
  shop: (kind) =>
    starterShops.some((one) => one.kind === kind)
      ? undefined
      : `expected one of ${starterShops.map((one) => one.kind).join(", ")}`,
};

/**
 * Writes the configuration and its secrets into a folder.
 *
 * @throws {CommandRefusal} `usage` for a choice that is none, `files_exist` when any of what `init` makes is there already
 */
export function writeStarterFiles(
  dir: string,
  chosen: StarterChoice = {},
): { config: string; secrets: string[]; product: string } {
  for (const [member, value] of Object.entries(chosen)) {
    const problem = choiceProblems[member as keyof StarterChoice](value);
    if (problem !== undefined) throw new CommandRefusal("usage", `--${member}: ${problem}.`);
  }
  const kinds = chosen.shop === undefined ? exampleShops : [chosen.shop];
  const shops = starterShops.filter(({ kind }) => kinds.includes(kind));
  const product = {
    id: chosen.product ?? exampleProduct.id,
    name: chosen.name ?? chosen.product ?? exampleProduct.name,
    checkout: { shop: shops[0]?.name, url: shops[0]?.checkout },
  };
  const content = {
    ...starterConfig,
    ...(chosen.issuer === undefined ? {} : { issuer: chosen.issuer }),
    products: [product],
    shops: Object.fromEntries(
      shops.map(({ name, kind, more }) => [name, { kind, secrets: [{ file: secretFileOf(name) }], ...more }]),
    ),
    ...starterRules,
  };
  const folder = resolve(dir);
  const config = join(folder, defaultConfigFile);
  const secrets = secretsOf(shops).map(({ file, make }) => ({ file: join(folder, file), make }));
  const files = secrets.map(({ file }) => file);
  const schema = join(folder, starterConfig.$schema);
  const made = [config, ...files, schema, join(folder, "var/keys"), join(folder, "var/tallystick.db")];
  const existing = made.filter((file) => existsSync(file));
  if (existing.length > 0) {
    throw new CommandRefusal(
      "files_exist",
      `Nothing was written, since there is ${existing.join(" and ")} already.`,
    );
  }
  makeFolder(folder);
  for (const { file, make } of secrets) writeSecretFile(file, `${make()}\n`);
  writeFileSync(schema, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  writeFileSync(config, `${JSON.stringify(content, null, 2)}\n`, { flag: "wx" });
  return { config, secrets: files, product: product.id };
}

const secretFileOf = (shop: string): string => `./var/${shop}.secret`;

/** Each secret's file with a value as its reader expects one: a shop's is replaced by the real one later. */
function secretsOf(shops: readonly StarterShop[]): { file: string; make: () => string }[] {
  return [
    { file: "./var/admin-token", make: () => randomBytes(32).toString("base64url") },
    ...shops.flatMap(({ name, secret, more = {} }) => [
      { file: secretFileOf(name), make: secret },
      ...Object.values(more).flatMap((value) =>
        typeof value === "object" ? [{ file: value.file, make: () => randomBytes(32).toString("hex") }] : [],
      ),
    ]),
  ];
}

/** A path as one word of a shell's. */
const forShell = (path: string): string =>
  /^[\w./~:\\-]+$/.test(path) ? path : `"${path.replaceAll(/["$`]/g, "\\$&")}"`;

/** What a person types after `init`. */
export function nextCommands(name: string, dir: string, product: string): string[] {
  const option = resolve(dir) === process.cwd() ? "" : ` --config ${forShell(join(dir, defaultConfigFile))}`;
  return [
    `${name} partner add north-shop --name "North Shop" --percent 20${option}`,
    `${name} token issue --partner north-shop --product ${product}${option}`,
    `${name} serve${option}`,
  ];
}
