import type { Config } from "../config/config.ts";
import type { Instant } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as } from "../words/ids.ts";
import type { ToldCustomer } from "./tell-customers.ts";

/** What a person can have to do with a purchase. */
export const customerParts = ["buys", "uses", "decides", "administers"] as const;
/** One part in a purchase. */
export type CustomerPart = (typeof customerParts)[number];

/** Stored parts, in their usual order. */
export const partsOf = (text: string): CustomerPart[] =>
  customerParts.filter((part) => text.split(" ").includes(part));

/** Parts as they are stored: `buys` where none is named. */
export const partsText = (parts: readonly string[] | undefined): string =>
  parts === undefined || parts.length === 0
    ? "buys"
    : customerParts.filter((part) => parts.includes(part)).join(" ");

/** What can be wrong with an entry by itself. */
export type CustomerFault =
  | "not_an_address"
  | "text_invalid"
  | "language_invalid"
  | "organisation_invalid"
  | "part_unknown"
  | "product_unknown"
  | "licence_missing"
  | "consent_invalid";

/** How many organisations one above the other an entry can name. */
export const organisationTiersAtMost = 8;

const lineAtMost = 200;
const isLine = (text: string | undefined, most = lineAtMost): boolean =>
  text === undefined ||
  (text.trim() !== "" && text.length <= most && text.isWellFormed() && !/\p{Cc}/u.test(text));

/** The first thing that is wrong with an entry; undefined when it can be kept. */
export function customerFault(
  { products }: Pick<Config, "products">,
  entry: ToldCustomer,
  { needsLicence, now }: { needsLicence: boolean; now: Instant },
): CustomerFault | undefined {
  const { email, name, address, language, organisation, parts, product, licence, version, consent } = entry;
  if (!isEmailAddress(email)) return "not_an_address";
  if (!isLine(name) || !isLine(address, 500) || !isLine(version, 64)) return "text_invalid";
  if (language !== undefined && !isLanguage(language)) return "language_invalid";
  if (organisation !== undefined && !isPath(organisation)) return "organisation_invalid";
  if (parts?.some((part) => !(customerParts as readonly string[]).includes(part)) === true)
    return "part_unknown";
  if (product !== undefined && !products.has(as.product(product))) return "product_unknown";
  const hasLicence = licence !== undefined && isLine(licence, 256);
  if (
    hasLicence ? product === undefined : licence !== undefined || needsLicence || organisation === undefined
  )
    return "licence_missing";
  if (consent !== undefined && !(consent.at <= now && /^[!-~]{1,64}$/.test(consent.version)))
    return "consent_invalid";
  return undefined;
}

const isPath = (path: readonly string[]): boolean =>
  path.length > 0 && path.length <= organisationTiersAtMost && path.every((name) => isLine(name));

function isLanguage(tag: string): boolean {
  try {
    return tag.length <= 35 && new Intl.Locale(tag).toString() !== "";
  } catch {
    return false;
  }
}
