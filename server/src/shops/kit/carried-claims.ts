import type { ProductId } from "../../words/ids.ts";
import { claim, productClaim, referenceClaim } from "./members.ts";

/** What a vendor lets a checkout carry to us, each a claim. */
interface CarriedClaims {
  reference?: string | undefined;
  licence?: string | undefined;
  product?: ProductId | undefined;
}

/**
 * Reads the free data that vendors attach at a shop (custom data, metadata, tags): `reference` (also `ref`,
 * `reference_id`), `licence` (also `license`) and `product`. A licence that is a whole number is
 * its digits. Whatever else is there, or is no text, is passed over. Of several such objects the first that has a claim
 * gives it.
 */
export function carriedClaims(...bags: readonly unknown[]): CarriedClaims {
  const found: CarriedClaims = {};
  for (const bag of bags) {
    found.reference ??= referenceClaim(textIn(bag, ["reference", "ref", "reference_id"]));
    found.licence ??= claim(textIn(bag, ["licence", "license"]) ?? numberIn(bag, ["licence", "license"]));
    found.product ??= productClaim(textIn(bag, ["product"]));
  }
  return found;
}

function numberIn(bag: unknown, names: readonly string[]): string | undefined {
  if (typeof bag !== "object" || bag === null) return undefined;
  const found = names.map((name) => Object.hasOwn(bag, name) && Reflect.get(bag, name));
  return found.find(Number.isSafeInteger)?.toString();
}

function textIn(bag: unknown, names: readonly string[]): string | undefined {
  if (typeof bag !== "object" || bag === null) return undefined;
  for (const name of names) {
    const text: unknown = Object.hasOwn(bag, name) ? Reflect.get(bag, name) : undefined;
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}
