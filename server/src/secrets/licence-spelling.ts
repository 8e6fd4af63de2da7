import type { Config, ProductConfig } from "../config/config.ts";
import type { LicenceHash, ProductId } from "../words/ids.ts";
import type { Hashes } from "./hashes.ts";

/** A licence as its product has it. */
export interface LicenceSpelling {
  /** By which it is kept: of the exact text or of the loose one. */
  hash: LicenceHash;
  /** That of the very text, where `hash` is the loose one: it may be known by that since before there were loose ones. */
  exact: LicenceHash | null;
}

/**
 * Whether the spelling of a licence matters. Where the product is not known, as it may be in a shop's event, licences
 * are loose, unless all products have exact ones.
 */
export function licenceKindOf(
  { products }: Pick<Config, "products">,
  product: ProductId | null,
): ProductConfig["licence"] {
  const known = product === null ? undefined : products.get(product);
  if (known !== undefined) return known.licence;
  return products.size > 0 && [...products.values()].every(({ licence }) => licence === "exact")
    ? "exact"
    : "loose";
}

/** The hashes of a licence of a kind. */
export function spellLicence(
  hashes: Pick<Hashes, "licence" | "looseLicence">,
  licence: string,
  kind: ProductConfig["licence"],
): LicenceSpelling {
  const exact = hashes.licence(licence);
  return kind === "exact" ? { hash: exact, exact: null } : { hash: hashes.looseLicence(licence), exact };
}
