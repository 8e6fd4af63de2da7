import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { as } from "../words/ids.ts";
import { brandFrom } from "./brand-config.ts";
import type { Config } from "./config.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { crossProblems, schemaProblems } from "./config-problems.ts";
import { type ConfigFile, configSchema } from "./config-schema.ts";
import { locateNetwork } from "./network-config.ts";
import { replaceSecrets, type SecretSource } from "./secret-source.ts";
import type { ShopConfig } from "./shop-config.ts";
import type { TrustConfig } from "./trust-config.ts";

/** The environment, as the process got it. Only entry points read `process.env`; they pass it down. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration is looked for when nothing names it. */
export const defaultConfigFile = "tallystick.config.json";

/**
 * Reads and checks the configuration: `file`, else `TALLYSTICK_CONFIG`, else `./tallystick.config.json`.
 * `DATABASE_URL`, `PORT` and `HOST` override it. Relative paths count from the file's own folder.
 *
 * @throws {ConfigError} with every problem that was found
 */
export async function loadConfig(options: { file?: string; env: Environment }): Promise<Config> {
  const file = resolve(options.file || options.env.TALLYSTICK_CONFIG || defaultConfigFile);
  return parseConfig(readJson(file), { file, env: options.env });
}

/**
 * Checks a configuration that was read already; `file` says where relative paths count from.
 *
 * @throws {ConfigError} with every problem that was found
 */
export function parseConfig(content: unknown, { file, env }: { file: string; env: Environment }): Config {
  const overridden = override(content, env);
  // Checked once: what zod would compile for the next time costs more than the checking.
  const parsed = configSchema.safeParse(overridden.content, { jitless: true });
  const problems = [
    ...(parsed.success ? [] : schemaProblems(parsed.error, overridden.content)),
    ...crossProblems(overridden.content),
  ].map((problem) => ({ ...problem, path: overridden.names.get(problem.path) ?? problem.path }));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new ConfigError([{ path: file, message: unreadable(cause) }]);
  }
}

function unreadable(cause: unknown): string {
  if (cause instanceof SyntaxError) return `expected JSON: ${cause.message}`;
  if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
    return "expected the configuration; there is no such file. Write one with `tallystick init`, or name one with --config";
  }
  return `expected a file that can be read: ${(cause as Error).message}`;
}

/** Lays the environment over the file. A problem in an overridden member is then told by the variable's name. */
function override(content: unknown, env: Environment) {
  const names = new Map<ConfigProblem["path"], string>();
  if (typeof content !== "object" || content === null || Array.isArray(content)) return { content, names };
  const merged: Record<string, unknown> = { ...content };
  if (env.DATABASE_URL) {
    merged.database = env.DATABASE_URL;
    names.set("database", "DATABASE_URL");
  }
  if (env.HOST) {
    merged.listen = { ...Object(merged.listen), host: env.HOST };
    names.set("listen.host", "HOST");
  }
  if (env.PORT) {
    merged.listen = {
      ...Object(merged.listen),
      port: /^\d{1,9}$/.test(env.PORT) ? Number(env.PORT) : Number.NaN,
    };
    names.set("listen.port", "PORT");
  }
  return { content: merged, names };
}

function toConfig(parsed: ConfigFile, file: string): Config {
  const absolute = (path: string) => resolve(dirname(file), path);
  const source = (secret: SecretSource): SecretSource =>
    "file" in secret ? { file: absolute(secret.file) } : secret;
  const keysFolder = absolute(parsed.keys);
  const { windowDays, referenceDays, rules: written, ...rules } = parsed.attribution;
  const conflictRules = written.map((one) => ({ ...one, products: one.products?.map(as.product) }));
  const isOn = conflictRules.filter(({ on }) => on);
  return {
    file,
    issuer: parsed.issuer,
    listen: parsed.listen,
    database: parsed.database.startsWith("sqlite:")
      ? { engine: "sqlite", path: absolute(parsed.database.slice("sqlite:".length)) }
      : {
          engine: "postgres",
          url: parsed.database,
          ...(parsed.databaseConnections === undefined ? {} : { connections: parsed.databaseConnections }),
        },
    keysFolder,
    adminToken: source(parsed.adminToken),
    formerPepper: parsed.formerPepper === undefined ? undefined : source(parsed.formerPepper),
    pepper: parsed.pepper ? source(parsed.pepper) : { file: resolve(keysFolder, "pepper") },
    products: new Map(
      parsed.products.map(({ id, name, checkout, installers, licence }) => [
        as.product(id),
        {
          id: as.product(id),
          name,
          checkout: { shop: as.shop(checkout.shop), url: checkout.url },
          installers: installers.map(absolute),
          licence,
        },
      ]),
    ),
    articles: new Map(
      parsed.products.flatMap(({ id, articles }) =>
        Object.entries(articles).flatMap(([shop, ids]) =>
          ids.map((article) => [`${shop} ${article}`, as.product(id)] as const),
        ),
      ),
    ),
    shops: new Map(
      Object.entries(parsed.shops).map(([name, shop]) => [
        as.shop(name),
        replaceSecrets(shop, `shops.${name}`, source) as ShopConfig,
      ]),
    ),
    networks: new Map(
      Object.entries(parsed.networks).map(([id, network]) => [id, locateNetwork(network, id, source)]),
    ),
    policy: {
      ...rules,
      ...(isOn.length === 0 ? {} : { rules: isOn }),
      windowDays: withoutEmpty(windowDays),
      suspicions: parsed.trust.suspicions,
    },
    conflictRules,
    referenceDays,
    defaultRateBp: Math.round(parsed.commission.defaultPercent * 100),
    holdDays: parsed.holdDays,
    deals: parsed.deals,
    customers: parsed.customers,
    drainSeconds: parsed.drainSeconds,
    metricsListen: parsed.metrics.listen,
    telemetry: telemetryOf(parsed.telemetry),
    limits: parsed.limits,
    fallbackUrl: parsed.fallbackUrl === undefined ? undefined : new URL(parsed.fallbackUrl).href,
    formerIssuers: parsed.formerIssuers,
    downloads: parsed.downloads,
    retention: parsed.retention,
    trust: trustOf(parsed.trust, source),
    adjustments: parsed.adjustments,
    statements: parsed.statements,
    vendor: parsed.vendor,
    consents: parsed.registeredEmails.consents,
    outbox: parsed.outbox,
    mail: mailOf(parsed.mail, absolute, source),
    signIn: replaceSecrets(parsed.signIn, "signIn", source) as ConfigFile["signIn"],
    brand: brandFrom(parsed.brand, parsed, absolute),
    payouts: parsed.payouts,
    disputes: parsed.disputes,
  };
}

/** OpenTelemetry's exporters add the signal's path to an address that names the collector alone. */
function telemetryOf({ otlp, share }: ConfigFile["telemetry"]): Config["telemetry"] {
  if (otlp === undefined) return undefined;
  const url = new URL(otlp);
  if (url.pathname === "/") url.pathname = "/v1/traces";
  return { otlp: url.href, share };
}

function mailOf(
  mail: ConfigFile["mail"],
  absolute: (path: string) => string,
  source: (secret: SecretSource) => SecretSource,
): Config["mail"] {
  if (mail === undefined) return undefined;
  if ("folder" in mail) return { ...mail, folder: absolute(mail.folder) };
  return replaceSecrets(mail, "mail", source) as Config["mail"];
}

function trustOf(
  { registrations, licenceCheck }: TrustConfig,
  source: (secret: SecretSource) => SecretSource,
) {
  if (licenceCheck === undefined) return { registrations };
  return { registrations, licenceCheck: { ...licenceCheck, secret: source(licenceCheck.secret) } };
}

/** A kind with `null` has no window, which the policy says by leaving it out. */
function withoutEmpty(windowDays: ConfigFile["attribution"]["windowDays"]): Config["policy"]["windowDays"] {
  const entries = Object.entries(windowDays).filter(([, days]) => typeof days === "number");
  return Object.fromEntries(entries);
}
