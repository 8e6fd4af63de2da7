import type { Config } from "../config/config.ts";
import type { SecretSource } from "../config/secret-source.ts";

/** What keeps a receiver on PostgreSQL, as sentences for a person: how to dump the database, and what to add to it. */
export function postgresAdvice(
  config: Pick<
    Config,
    "database" | "file" | "keysFolder" | "pepper" | "formerPepper" | "adminToken" | "shops" | "networks"
  >,
): string {
  const lines = [
    "The database is PostgreSQL, which has its own tools. Dump it beside the running receiver:",
    `  pg_dump --format=custom --file tallystick.dump ${JSON.stringify(addressWithoutPassword(config))}`,
    "or keep its write-ahead log for recovery to a point in time (docs/operations.md). Add to the dump, without which it is worth little:",
    `  ${config.file}`,
    `  ${config.keysFolder} (the private keys${isIn(config.pepper, config.keysFolder) ? " and the pepper" : ""})`,
    ...others(config),
    "Restore with: pg_restore --exit-on-error --dbname ADDRESS tallystick.dump, then check with: tallystick ledger verify",
  ];
  return lines.join("\n");
}

function others({
  pepper,
  formerPepper,
  keysFolder,
  adminToken,
  shops,
  networks,
}: Parameters<typeof postgresAdvice>[0]): string[] {
  const sources = [
    ...(isIn(pepper, keysFolder) ? [] : [pepper]),
    ...(formerPepper === undefined ? [] : [formerPepper]),
    adminToken,
    ...sourcesIn([...shops.values(), ...networks.values()]),
  ];
  const places = sources.map((source) => ("env" in source ? `the value of ${source.env}` : source.file));
  return [...new Set(places)].map((place) => `  ${place}`);
}

const isIn = (source: SecretSource, folder: string): boolean =>
  "file" in source && source.file.startsWith(folder);

function sourcesIn(value: unknown): SecretSource[] {
  if (typeof value !== "object" || value === null) return [];
  const members = Object.entries(value);
  const [only] = members;
  if (members.length === 1 && only && /^(env|file)$/.test(only[0]) && typeof only[1] === "string")
    return [value as SecretSource];
  return members.flatMap(([, member]) => sourcesIn(member));
}

function addressWithoutPassword({ database }: Pick<Config, "database">): string {
  if (database.engine === "sqlite") return database.path;
  const url = URL.parse(database.url);
  if (url === null) return "postgres://…";
  url.password = "";
  url.searchParams.delete("password");
  return url.href;
}
