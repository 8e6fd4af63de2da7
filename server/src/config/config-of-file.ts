import { dirname, resolve } from "node:path";
import { as } from "../words/ids.ts";
import { brandFrom } from "./brand-config.ts";
import type { Config } from "./config.ts";
import type { ConfigFile } from "./config-schema.ts";
import { locateNetwork } from "./network-config.ts";
import { replaceSecrets, type SecretSource } from "./secret-source.ts";
import type { ShopConfig } from "./shop-config.ts";
import type { TrustConfig } from "./trust-config.ts";

/** What a checked file says, every path absolute: relative ones count from the folder of `file`. */
export function toConfig(parsed: ConfigFile, file: string): Config {
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
    approvals: parsed.approvals,
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
