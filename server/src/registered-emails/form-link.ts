import { timingSafeEqual } from "node:crypto";
import { findPartnerKey } from "../access/rows/partner-keys.ts";
import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

/** The link that opens a partner's form. */
export interface FormLink {
  url: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}

/** What a link's query says. */
export interface FormLinkQuery {
  k?: string | undefined;
  p?: string | undefined;
  x?: string | undefined;
  s?: string | undefined;
}

/** The form that a good link opens. */
export interface OpenForm {
  partner: PartnerId;
  partnerName: string;
  product: string | undefined;
}

const usualDays = 90;
const daysAtMost = 366;

/**
 * Makes the link to a partner's form: signed, so that a stranger cannot make one; dated; and bound to one of the
 * partner's keys, so that it ends when the key is revoked.
 *
 * @throws {Refusal} `product_unknown`, `request_invalid`
 */
export function makeFormLink(
  deps: Pick<Deps, "config" | "clock" | "hashes">,
  about: { partner: string; keyId: string; product?: string | undefined; expiresAt?: Instant | undefined },
): FormLink {
  const { partner, keyId, product } = about;
  const now = deps.clock();
  const expiresAt = about.expiresAt ?? addDays(now, usualDays);
  if (product !== undefined) requireSoldProduct(deps.config, product);
  if (expiresAt <= now || expiresAt > addDays(now, daysAtMost))
    throw new Refusal("request_invalid", `A form's link ends within ${daysAtMost} days.`);
  const x = String(Math.floor(expiresAt / 1000));
  const query = new URLSearchParams({
    k: keyId,
    ...(product === undefined ? {} : { p: product }),
    x,
    s: deps.hashes.formLink(signedText(partner, { k: keyId, p: product, x })),
  });
  return {
    url: `${deps.config.issuer}/register/${partner}?${query}`,
    expiresAt: isoTime(instant(Number(x) * 1000)),
  };
}

/**
 * Reads a link: the form it opens; `ended` for a good one whose time is over; nothing for one that was not made here,
 * or whose key was revoked, whose partner's agreement has ended, or whose product is sold no more.
 */
export async function openFormLink(
  deps: Pick<Deps, "config" | "clock" | "hashes" | "store">,
  partner: string,
  query: FormLinkQuery,
): Promise<OpenForm | "ended" | undefined> {
  const { k, p, x, s } = query;
  if (k === undefined || x === undefined || s === undefined || !/^\d{1,12}$/.test(x)) return undefined;
  const signed = signedText(partner, { k, p, x });
  if (!isSigned(deps.hashes, signed, s)) return undefined;
  if (Number(x) * 1000 < deps.clock()) return "ended";
  // Nothing would be registered for such a product, and the customer would be told that it was.
  if (p !== undefined && !deps.config.products.has(as.product(p))) return undefined;
  const key = await deps.store.read((tx) => findPartnerKey(tx, k));
  if (key === undefined || key.revoked_at !== null || key.partner_status !== "active") return undefined;
  return { partner: key.partner_id, partnerName: key.partner_name, product: p };
}

/** Whether a signature is of the pepper, or of the one before: forms outlive a rotation. */
function isSigned(hashes: Deps["hashes"], text: string, signature: string): boolean {
  const presented = Buffer.from(signature);
  return [hashes, hashes.former].some((made) => {
    const expected = Buffer.from(made?.formLink(text) ?? "");
    return presented.length === expected.length && timingSafeEqual(presented, expected);
  });
}

const signedText = (partner: string, { k, p, x }: Omit<FormLinkQuery, "s">) =>
  [partner, k, p ?? "", x].join("\0");
