import { createRequire } from "node:module";

/** What a provider's users may write in place of each other: signs that it takes no notice of, and hosts that are one. */
interface Spelling {
  host: string;
  also: readonly string[];
  /** Signs before the at sign that make no difference. */
  ignored: RegExp | undefined;
}

const spellings: readonly Spelling[] = [
  { host: "gmail.com", also: ["googlemail.com"], ignored: /\./g },
  { host: "proton.me", also: ["protonmail.com", "protonmail.ch", "pm.me"], ignored: /[._-]/g },
  { host: "icloud.com", also: ["me.com", "mac.com"], ignored: undefined },
  {
    host: "yandex.com",
    also: ["yandex.ru", "yandex.by", "yandex.kz", "yandex.ua", "ya.ru"],
    // A dot and a dash are the same to it.
    ignored: /[.-]/g,
  },
];

const spellingOf = new Map(
  spellings.flatMap((spelling) => [spelling.host, ...spelling.also].map((host) => [host, spelling])),
);

/** Hosts where each user has a domain of its own: `anything@name.fastmail.com` is `name@fastmail.com`. */
const namedHosts = /^([^.@]+)\.(fastmail\.(?:com|fm))$/;

/**
 * The mailbox that a normalised address leads to at nearly every provider: without a plus tag, without what its provider
 * takes no notice of, at the first of the provider's names. Only for noticing one's own purchase: some providers do tell
 * them apart.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf("@");
  // A dot that ends a domain makes no difference to mail.
  const domain = address.slice(at + 1).replace(/\.$/, "");
  const untagged = address.slice(0, at).replace(/(?<=.)\+.*$/su, "");
  const named = namedHosts.exec(domain);
  if (named !== null) return `${named[1]}@${named[2]}`;
  const { host = domain, ignored = undefined } = spellingOf.get(domain) ?? {};
  return `${ignored === undefined ? untagged : untagged.replace(ignored, "")}@${host}`;
}

/**
 * The site that a domain is a part of, by the public suffix list: `shop.acme.co.uk` is one of `acme.co.uk`. The domain
 * itself where the list knows none.
 */
export const siteOf = (domain: string): string =>
  loadSuffixes().getDomain(domain, { allowPrivateDomains: true }) ?? domain;

/** Loads the list when it is first asked: it is long, and most commands meet no domain. */
function loadSuffixes() {
  suffixes ??= createRequire(import.meta.url)("tldts") as typeof import("tldts");
  return suffixes;
}

let suffixes: typeof import("tldts") | undefined;
