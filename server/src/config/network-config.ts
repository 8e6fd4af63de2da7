import { z } from "zod";
import { isCurrencyCode } from "../words/currency-code.ts";
import { currencyCode, expectedCurrency } from "./currency-config.ts";
import { effects, macrosIn } from "./network-template.ts";
import { replaceSecrets, type SecretSource, secretSource, type WithSecrets } from "./secret-source.ts";

const text = z.string().regex(/^[^\p{Cc}]{1,200}$/u, "expected 1 to 200 characters on one line");
const number = z.string().regex(/^[0-9]{1,18}$/, "expected a number, written as a string");
const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "expected the part of the host that names your account");

/** An address that requests go to: https but on loopback, without what a request adds. */
const base = z.string().superRefine((address, context) => {
  const message = addressProblem(address);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

const settingName = z
  .string()
  .regex(/^(?!env$|file$)[a-z][A-Za-z0-9_]{0,39}$/, "expected a name such as campaignId, not env or file");

const kinds = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("impact"),
    accountSid: text,
    authToken: secretSource,
    campaignId: number,
    actionTrackerId: number,
  }),
  z.strictObject({
    kind: z.literal("awin"),
    advertiserId: number,
    apiKey: secretSource.describe("Key of the Conversion API"),
    accessToken: secretSource.describe("OAuth token of the advertiser API, for amendments"),
    commissionGroup: text.default("DEFAULT"),
  }),
  z.strictObject({
    kind: z.literal("cj"),
    enterpriseId: number,
    actionTrackerId: number,
    accessToken: secretSource.describe("Personal access token"),
    adId: number.optional(),
    restatedStatus: z
      .enum(["Pending", "Accepted"])
      .optional()
      .describe("For actions with open-ended locking only"),
    cancelledStatus: z.enum(["Declined"]).optional().describe("For actions with open-ended locking only"),
  }),
  z.strictObject({
    kind: z.literal("shareasale"),
    merchantId: number,
    token: secretSource,
    secretKey: secretSource,
  }),
  z.strictObject({ kind: z.literal("rakuten"), merchantId: number }),
  z.strictObject({ kind: z.literal("tapfiliate"), apiKey: secretSource, programId: text }),
  z.strictObject({
    kind: z.literal("post-affiliate-pro"),
    url: base.describe("Address of the installation, such as https://acme.postaffiliatepro.com"),
    accountId: text.default("default1"),
  }),
  z.strictObject({
    kind: z.literal("partnerstack"),
    publicKey: secretSource,
    secretKey: secretSource,
    productKey: text.optional(),
  }),
  z.strictObject({
    kind: z.literal("everflow"),
    apiKey: secretSource,
    offerId: number,
    timezoneId: number.default("67"),
    currency: currencyCode,
  }),
  z.strictObject({
    kind: z.literal("tune"),
    networkId: label,
    networkToken: secretSource,
    offerId: number,
    currency: currencyCode,
  }),
  z.strictObject({
    kind: z.literal("custom"),
    base: base.describe("Where requests go; no macro can change it"),
    settings: z.record(settingName, text).default({}).describe("Texts for {network.NAME}"),
    secrets: z.record(settingName, secretSource).default({}).describe("Secrets for {network.NAME}"),
    ...effects,
  }),
]);

/** A network of the configuration, by its kind. A custom one brings its own template. */
export const networkConfig = kinds.superRefine((network, context) => {
  if (network.kind !== "custom") return;
  const { settings, secrets, convert, adjust, reverse, test, onlyCurrency } = network;
  const only = currencyIn(onlyCurrency, settings);
  if (only !== undefined && !isCurrencyCode(only.currency))
    context.addIssue({ code: "custom", path: only.path, message: expectedCurrency });
  const given = new Set(Object.keys({ ...settings, ...secrets }).map((name) => `network.${name}`));
  for (const [effect, template] of Object.entries({ convert, adjust, reverse, test, onlyCurrency })) {
    const asked = macrosIn(JSON.stringify(template ?? null)).filter((name) => name.startsWith("network."));
    for (const name of new Set(asked))
      if (!given.has(name))
        context.addIssue({
          code: "custom",
          path: [effect],
          message: `{${name}} is in neither settings nor secrets`,
        });
  }
});

/** The one currency of a custom network, if the file says it, and where: in the template, or in a setting that it names. */
function currencyIn(onlyCurrency: string | undefined, settings: Readonly<Record<string, string>>) {
  if (onlyCurrency === undefined) return undefined;
  const [, name] = /^\{network\.(\w+)\}$/.exec(onlyCurrency) ?? [];
  if (name !== undefined && Object.hasOwn(settings, name))
    return { currency: settings[name] ?? "", path: ["settings", name] };
  return onlyCurrency.includes("{") ? undefined : { currency: onlyCurrency, path: ["onlyCurrency"] };
}

/** A network of the configuration, its secrets only named. */
export type NetworkConfig = z.output<typeof networkConfig>;
/** A network of the configuration with its secrets read. */
export type NetworkSettings = WithSecrets<NetworkConfig>;
/** The kinds of network. */
export type NetworkKind = NetworkConfig["kind"];
/** Those with a ready template. */
export type ReadyNetworkKind = Exclude<NetworkKind, "custom">;

/** Reads each of a network's secrets with `read`; `id` is the network's name in the configuration. */
export function readNetwork(
  network: NetworkConfig,
  id: string,
  read: (source: SecretSource, path: string) => string,
): NetworkSettings {
  return replaceIn(network, id, read) as NetworkSettings;
}

/** Puts the sources of a network's secrets where `locate` says that they are. */
export function locateNetwork(
  network: NetworkConfig,
  id: string,
  locate: (source: SecretSource, path: string) => SecretSource,
): NetworkConfig {
  return replaceIn(network, id, locate) as NetworkConfig;
}

/** A custom network's template may name a member `file` or `env`, which is no secret: only its `secrets` are looked at. */
function replaceIn(
  network: NetworkConfig,
  id: string,
  replace: Parameters<typeof replaceSecrets>[2],
): unknown {
  if (network.kind !== "custom") return replaceSecrets(network, `networks.${id}`, replace);
  return { ...network, secrets: replaceSecrets(network.secrets, `networks.${id}.secrets`, replace) };
}

/** The names of a network's settings that are secrets. */
export function secretNames(network: NetworkConfig): string[] {
  const members = network.kind === "custom" ? network.secrets : network;
  return Object.entries(members).flatMap(([name, value]) => (typeof value === "object" ? [name] : []));
}

function addressProblem(address: string): string | undefined {
  if (!URL.canParse(address)) return "expected an https address";
  const url = new URL(address);
  const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback))
    return "expected an https address";
  if (url.username || url.password || url.search || url.hash || /[?#{}]/.test(address))
    return "expected an address without user, query, fragment and macros";
  return undefined;
}
