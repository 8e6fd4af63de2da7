import type { Hashes } from "../secrets/hashes.ts";
import { isEmailAddress } from "../words/email-address.ts";
import type { EmailDomainHash, EmailHash } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** By what a customer is found. */
export interface CustomerHashes {
  /** Of the address, or of a domain that is its own. */
  hash: EmailHash | EmailDomainHash;
  /** Of its domain; null at a mail provider. */
  domain: EmailDomainHash | null;
  /** Of the site that its domain is a part of, or is; empty at a mail provider. */
  site: EmailDomainHash | "";
}

/** By what a customer is found: an address, or a domain that is its own. @throws {Refusal} `request_invalid` */
export function hashesOfCustomer({ hashes }: { hashes: Hashes }, customer: string): CustomerHashes {
  const isAddress = isEmailAddress(customer);
  const address = isAddress ? customer : `somebody@${customer}`;
  const domain = isAddress || domainPattern.test(customer) ? hashes.emailDomain(address) : null;
  const hash = isAddress ? hashes.email(customer) : domain;
  if (hash === null)
    throw new Refusal(
      "request_invalid",
      "A customer is an e-mail address, or a domain of its own such as acme.example; not a mail provider's.",
    );
  return { hash, domain, site: hashes.emailSite(address) ?? domain ?? "" };
}

/** Whether a buyer can be both of two customers: they are one, or one is the domain or the site of the other. */
export const isCommonBuyer = (a: CustomerHashes, b: CustomerHashes): boolean =>
  [a.hash, a.domain, a.site].includes(b.hash) || [b.hash, b.domain, b.site].includes(a.hash);
