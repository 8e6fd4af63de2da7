import {
  type CustomerDocument,
  lastFour,
  newCustomerId,
  sealCustomerText,
  sealedForVendor,
} from "../secrets/customer-seal.ts";
import { type FormerHash, formerOfEmail, formerOfLicence } from "../secrets/former-hashes.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { spellLicence } from "../secrets/licence-spelling.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { Instant } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import type { EmailDomainHash, EmailHash, LicenceHash } from "../words/ids.ts";
import type { SerialText } from "../words/serial-text.ts";
import type { PurchaseEvent, SaleEvent } from "./purchase-event.ts";

/** A sale without what is never stored: of licence and address there are keyed hashes alone. */
export interface ConcealedSale extends Omit<SaleEvent, "licence" | "email"> {
  licenceHash: LicenceHash | null;
  /** The hash of a loose licence's very text, by which it may be known from before. */
  exactLicenceHash: LicenceHash | null;
  emailHash: EmailHash | null;
  emailDomainHash: EmailDomainHash | null;
  emailAliasHash: EmailHash | null;
  emailSiteHash: EmailDomainHash | null;
  /** What the licence may be when it is read as a serial. */
  serial: SerialText | undefined;
  /** The buyer's address, sealed, where the configuration has customers kept. */
  buyer?: ConcealedBuyer;
  /** What licence and address may be kept by since before the pepper changed. */
  former?: FormerHash[];
}

/** A buyer whose address is kept, sealed for the row of the customer that it makes where the address is not known. */
export interface ConcealedBuyer {
  customer: string;
  sealed: Uint8Array;
  licenceEnd: string | null;
}

/** A shop's event as it may be recorded. Plain values, so that it can go to another thread. */
export type ConcealedEvent = ConcealedSale | Exclude<PurchaseEvent, SaleEvent>;

/**
 * Puts keyed hashes in place of a sale's licence and address: nothing behind this ever sees them in clear.
 *
 * @param kind whether the licence's spelling matters; by default it does not
 * @param keepsBuyers whether the address is sealed beside its hash, for who is to be told of later; by default it is not
 */
export function concealEvent(
  event: PurchaseEvent,
  hashes: Hashes,
  kind: "exact" | "loose" = "loose",
  keepsBuyers = false,
): ConcealedEvent {
  if (event.effect !== "sale") return event;
  const { licence, email, ...sale } = event;
  const former = [
    ...(licence === undefined ? [] : formerOfLicence(hashes, licence)),
    ...(email === undefined ? [] : formerOfEmail(hashes, email)),
  ];
  const spelling = licence === undefined ? undefined : spellLicence(hashes, licence, kind);
  return {
    ...sale,
    licenceHash: spelling?.hash ?? null,
    exactLicenceHash: spelling?.exact ?? null,
    emailHash: email === undefined ? null : hashes.email(email),
    emailDomainHash: email === undefined ? null : hashes.emailDomain(email),
    emailAliasHash: email === undefined ? null : hashes.emailAlias(email),
    emailSiteHash: email === undefined ? null : hashes.emailSite(email),
    serial: licence === undefined ? undefined : readSerial(hashes, licence),
    ...(keepsBuyers && email !== undefined && isEmailAddress(email)
      ? { buyer: buyerOf(hashes, { email, licence, now: event.occurredAt }) }
      : {}),
    ...(former.length === 0 ? {} : { former }),
  };
}

function buyerOf(
  hashes: Hashes,
  { email, licence, now }: { email: string; licence: string | undefined; now: Instant },
): ConcealedBuyer {
  const id = newCustomerId(now);
  const text = JSON.stringify({ email: email.trim() } satisfies CustomerDocument);
  return {
    customer: id,
    sealed: sealCustomerText(hashes, text, { id, sealedFor: sealedForVendor }),
    licenceEnd: licence === undefined ? null : lastFour(licence),
  };
}
