import { z } from "zod";
import { type Instant, instant } from "../../words/clock.ts";
import { as, type Currency, type ProductId, type ProviderId } from "../../words/ids.ts";

/** The text of an id: visible ASCII, so that it can be stored, logged and put in an address. */
export const idText = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** An amount in minor units that is not negative, exactly representable. */
export const minorUnits = z.int().min(0);

/** An id that is a number and may come as its digits, as its text. */
export const numberedId = z.union([z.int().min(1).transform(String), z.string().regex(/^[1-9][0-9]{0,19}$/)]);

/** The text of an ISO 4217 code, in either case. */
export const currencyText = z.string().regex(/^[A-Za-z]{3}$/);

/** An amount in minor units that is written as text, exactly representable. */
export const minorText = z
  .string()
  .regex(/^[0-9]{1,15}$/)
  .transform(Number);

/** The same of an amount that may be below zero, as what a change of plan gives back is. */
export const signedMinorText = z
  .string()
  .regex(/^-?[0-9]{1,15}$/)
  .transform((text) => Number(text) + 0);

/** A time by ISO 8601 with a zone, as an instant. */
export const isoTime = z.iso.datetime({ offset: true }).transform((time) => instant(Date.parse(time)));

/** Free text that is not worth refusing an event for: anything that is no text reads as none. */
export const anyText = z.string().nullish().catch(undefined);

/** A member whose shape is not ours to insist on, and which may be missing. */
export const anything = z.unknown().optional();

const referenceShape = /^[A-Za-z0-9_-]{1,200}$/;
const productShape = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const maxClaimLength = 500;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be stored, PostgreSQL refuses NUL.
const unstorable = /[\u0000-\u001f\u007f]/;

/**
 * A claim made by the buyer or by somebody else outside our control: trimmed, or undefined when it is empty or unfit.
 * It is never a reason to refuse a sale.
 */
export function claim(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > maxClaimLength || unstorable.test(trimmed)) return undefined;
  return trimmed.isWellFormed() ? trimmed : undefined;
}

/** No shop lets a buyer use more codes in one order; a bound keeps a hostile order cheap. */
const maxCoupons = 20;

/** The codes that were used, each once; undefined when there is none that could be one. */
export function couponClaims(codes: readonly (string | null | undefined)[]): readonly string[] | undefined {
  const usable = new Set<string>();
  for (const code of codes) {
    const claimed = usable.size < maxCoupons ? claim(code) : undefined;
    if (claimed !== undefined) usable.add(claimed);
  }
  return usable.size === 0 ? undefined : [...usable];
}

/** A reference that may be one of ours by its shape; anything else a buyer put there is passed over. */
export function referenceClaim(text: string | null | undefined): string | undefined {
  return text && referenceShape.test(text) ? text : undefined;
}

/** A product id of the right shape; whether it is in the configuration is for the shell to see. */
export function productClaim(text: string | null | undefined): ProductId | undefined {
  return text && productShape.test(text) ? as.product(text) : undefined;
}

/** The one product that is named, by all or by some. Several make no order of one product. */
export function onlyProduct(named: readonly (ProductId | undefined)[]): ProductId | undefined {
  const [only, ...others] = new Set(named.filter((id) => id !== undefined));
  return others.length === 0 ? only : undefined;
}

/** The pattern of product ids, for schemas that insist on it. */
export const productIdText = z.string().regex(productShape);

/** The ids that are there, each once, in the order given. */
export function idsOf(...ids: (string | undefined)[]): ProviderId[] {
  const kept: ProviderId[] = [];
  for (const id of ids) {
    if (id === undefined) continue;
    const named = as.provider(id);
    if (!kept.includes(named)) kept.push(named);
  }
  return kept;
}

/** ISO 4217 code in upper case. */
export const currencyOf = (code: string): Currency => as.currency(code);

/** Seconds since 1970 as an instant. */
export const fromSeconds = (seconds: number): Instant => instant(seconds * 1000);

/** An object without the members that are undefined, as optional members are absent rather than undefined here. */
export function present<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const value = members[name as keyof T];
    if (value !== undefined) kept[name] = value;
  }
  return kept as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
