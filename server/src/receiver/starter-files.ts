import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandRefusal } from "../cli/failure.ts";
import { version } from "../cli/version.ts";
import { defaultConfigFile } from "../config/load-config.ts";
import { issuerProblem } from "../config/public-address.ts";
import { writeSecretFile } from "../secrets/secret-file.ts";

/** A configuration that runs at once on this machine; a person makes it hers. */
const starterConfig = {
  $schema: `https://unpkg.com/@tallystick/server@${version}/config.schema.json`,
  issuer: "http://127.0.0.1:8787",
  listen: { host: "127.0.0.1", port: 8787 },
  database: "sqlite:./var/tallystick.db",
  keys: "./var/keys",
  adminToken: { file: "./var/admin-token" },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: {
        shop: "stripe",
        url: "https://buy.stripe.com/abc?client_reference_id={reference}&prefilled_email={email}",
      },
    },
  ],
  shops: {
    stripe: { kind: "stripe", secrets: [{ file: "./var/stripe.secret" }] },
    own: { kind: "standard-webhooks", secrets: [{ file: "./var/own.secret" }] },
  },
  attribution: {
    order: ["manual", "voucher", "deal", "serial", "token", "coupon", "email"],
    windowDays: { token: 1830, email: 730 },
  },
  holdDays: 30,
};

/** Each secret's file with a value as its reader expects one: a shop's is replaced by the real one later. */
const starterSecrets: readonly (readonly [string, () => string])[] = [
  ["var/admin-token", () => randomBytes(32).toString("base64url")],
  ["var/stripe.secret", () => `whsec_${randomBytes(32).toString("hex")}`],
  ["var/own.secret", () => `whsec_${randomBytes(32).toString("base64")}`],
];

/**
 * Writes the configuration and its secrets into a folder.
 *
 * @throws {CommandRefusal} `usage` for an issuer that is none, `files_exist` when any of what `init` makes is there already
 */
export function writeStarterFiles(
  dir: string,
  chosen: { issuer?: string } = {},
): { config: string; secrets: string[] } {
  const problem = chosen.issuer === undefined ? undefined : issuerProblem(chosen.issuer);
  if (problem !== undefined) throw new CommandRefusal("usage", `--issuer: ${problem}.`);
  const folder = resolve(dir);
  const config = join(folder, defaultConfigFile);
  const secrets = starterSecrets.map(([name]) => join(folder, name));
  const made = [config, ...secrets, join(folder, "var/keys"), join(folder, "var/tallystick.db")];
  const existing = made.filter((file) => existsSync(file));
  if (existing.length > 0) {
    throw new CommandRefusal(
      "files_exist",
      `Nothing was written, since there is ${existing.join(" and ")} already.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const [index, [, secret]] of starterSecrets.entries()) {
    writeSecretFile(secrets[index] ?? "", `${secret()}\n`);
  }
  writeFileSync(config, `${JSON.stringify({ ...starterConfig, ...chosen }, null, 2)}\n`, { flag: "wx" });
  return { config, secrets };
}

/** What a person types after `init`. */
export function nextCommands(name: string, dir: string): string[] {
  const option = resolve(dir) === process.cwd() ? "" : ` --config ${join(dir, defaultConfigFile)}`;
  return [
    `${name} partner add north-shop --name "North Shop" --percent 20${option}`,
    `${name} token issue --partner north-shop --product acme-paint${option}`,
    `${name} serve${option}`,
  ];
}
