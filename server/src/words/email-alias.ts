import { createRequire } from "node:module";

/** Mail hosts that take no notice of dots before the at sign. */
const dotlessHosts: ReadonlySet<string> = new Set(["gmail.com"]);
const sameHosts: Readonly<Record<string, string>> = { "googlemail.com": "gmail.com" };

/**
 * The mailbox that a normalised address leads to at nearly every provider: without a plus tag, at Gmail without dots,
 * and googlemail is Gmail. Only for noticing one's own purchase: some providers do tell them apart.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const host = sameHosts[domain] ?? domain;
  const untagged = address.slice(0, at).replace(/(?<=.)\+.*$/su, "");
  return `${dotlessHosts.has(host) ? untagged.replaceAll(".", "") : untagged}@${host}`;
}

/**
 * The site that a domain is a part of, by the public suffix list: `shop.acme.co.uk` is one of `acme.co.uk`. The domain
 * itself where the list knows none.
 */
export const siteOf = (domain: string): string =>
  loadSuffixes().getDomain(domain, { allowPrivateDomains: true }) ?? domain;

/** Loads the list when it is first asked: it is long, and most commands meet no domain. */
const loadSuffixes = () => createRequire(import.meta.url)("tldts") as typeof import("tldts");
