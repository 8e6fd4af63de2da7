import { createHash } from "node:crypto";
import type { Config } from "../config/config.ts";
import type { ConsentConfig } from "../config/registered-emails-config.ts";
import type { Instant } from "../words/clock.ts";

/** What a customer agreed to, and when. */
export interface GivenConsent {
  version: string;
  /** Word for word; empty where the partner keeps its own. */
  wording: string;
  at: Instant;
}

/** A consent to be asked for: the wording with all names filled in. */
export interface Consent {
  version: string;
  wording: string;
}

const usual: ConsentConfig = {
  version: "tallystick-1",
  text: "I agree that {partner} tells the maker of {product} that I am its customer, so that {partner} is paid a commission when I buy. My address is kept for this alone{days}, as a keyed hash that cannot be read back, and nobody writes to me because of it. I can have it erased at any time.",
};

/** The consent in force for a partner and a product: of those that fit, the one for this partner, then for this product. */
export function consentFor(
  config: Pick<Config, "consents" | "policy" | "products">,
  about: { partner: string; partnerName: string; product: string | undefined },
): Consent {
  const { partner, partnerName, product } = about;
  const fitting = config.consents.filter(
    (one) =>
      (one.partner === undefined || one.partner === partner) &&
      (one.product === undefined || one.product === product),
  );
  const special = (one: ConsentConfig) =>
    (one.partner === undefined ? 0 : 2) + (one.product === undefined ? 0 : 1);
  const { version, text } = fitting.toSorted((a, b) => special(b) - special(a))[0] ?? usual;
  const days = config.policy.windowDays.email;
  const names: Record<string, string> = {
    partner: partnerName,
    product: productName(config, product),
    days: days === undefined ? "" : `, for ${days} days`,
  };
  return {
    version,
    wording: text.replace(/\{(partner|product|days)\}/g, (_, name: string) => names[name] ?? ""),
  };
}

/** Names a wording, so that a form can tell which one it showed. */
export const consentId = ({ version, wording }: Consent): string =>
  createHash("sha256").update(`${version}\0${wording}`).digest("base64url").slice(0, 22);

function productName({ products }: Pick<Config, "products">, product: string | undefined): string {
  if (product === undefined) return [...products.values()].map(({ name }) => name).join(", ");
  return [...products.values()].find(({ id }) => id === product)?.name ?? product;
}
