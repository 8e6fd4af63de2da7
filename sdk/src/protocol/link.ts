import { maxTokenBytes } from "./token-claims.ts";

/** What a renewal link carries. What is absent, empty or too long is left out: the link still renews. */
export interface RenewalLinkParts {
  /** The receiver's address; it may have a path. */
  receiver: string;
  /** The product's id. */
  product: string;
  /** The attribution token, as it is. */
  token?: string | undefined;
  /** The licence's id, at most `maxLicenceLength` UTF-16 code units. */
  licence?: string | undefined;
  /** The customer's address, at most `maxEmailLength` UTF-16 code units. */
  email?: string | undefined;
}

/** What a receiver reads from a renewal link's query. */
export interface RenewalQuery {
  /** Unverified, of any length. */
  token?: string;
  /** The licence's id. */
  licence?: string;
  /** The customer's address, as it was written. */
  email?: string;
}

/** The longest licence id in a link, in UTF-16 code units. */
export const maxLicenceLength = 256;

/** The longest e-mail address in a link (RFC 5321: 64 + 1 + 255). */
export const maxEmailLength = 320;

/** Writes `{receiver}/r/{product}?t=&l=&e=`. Pure; needs no network. */
export function renewalLink(parts: RenewalLinkParts): string {
  const pairs: string[] = [];
  if (isPlainText(parts.token, maxTokenBytes)) pairs.push(`t=${encode(parts.token)}`);
  if (isPlainText(parts.licence, maxLicenceLength)) pairs.push(`l=${encode(parts.licence)}`);
  if (isPlainText(parts.email, maxEmailLength)) pairs.push(`e=${encode(parts.email)}`);
  const address = `${withoutTrailingSlash(parts.receiver)}/r/${encode(parts.product)}`;
  return pairs.length === 0 ? address : `${address}?${pairs.join("&")}`;
}

/**
 * Reads a renewal link's query. Of a repeated parameter the first counts. A licence or an address that is too
 * long or has control characters is left out; the token is passed on as it is, for `parseToken` to judge.
 */
export function readRenewalQuery(search: URLSearchParams | string): RenewalQuery {
  const query = typeof search === "string" ? new URLSearchParams(search) : search;
  const [token, licence, email] = [query.get("t"), query.get("l"), query.get("e")];
  return {
    ...(token ? { token } : {}),
    ...(isPlainText(licence, maxLicenceLength) ? { licence } : {}),
    ...(isPlainText(email, maxEmailLength) ? { email } : {}),
  };
}

/** The same address without slashes at its end, so that paths can be appended and issuers compared. */
export function withoutTrailingSlash(address: string): string {
  return address.replace(/\/+$/, "");
}

/** Whether a value is a text that is not empty, not longer than this, and without control characters (\p{Cc}). */
export function isPlainText(value: unknown, maxLength: number): value is string {
  return (
    typeof value === "string" && value !== "" && value.length <= maxLength && !/[^ -~\xa0-\uffff]/.test(value)
  );
}

/** encodeURIComponent throws on half a surrogate pair; a customer's odd licence text must not. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
