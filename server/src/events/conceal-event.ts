import type { Hashes } from "../secrets/hashes.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { EmailDomainHash, EmailHash, LicenceHash } from "../words/ids.ts";
import type { SerialText } from "../words/serial-text.ts";
import type { PurchaseEvent, SaleEvent } from "./purchase-event.ts";

/** A sale without what is never stored: of licence and address there are keyed hashes alone. */
export interface ConcealedSale extends Omit<SaleEvent, "licence" | "email"> {
  licenceHash: LicenceHash | null;
  emailHash: EmailHash | null;
  emailDomainHash: EmailDomainHash | null;
  emailAliasHash: EmailHash | null;
  emailSiteHash: EmailDomainHash | null;
  /** What the licence may be when it is read as a serial. */
  serial: SerialText | undefined;
}

/** A shop's event as it may be recorded. Plain values, so that it can go to another thread. */
export type ConcealedEvent = ConcealedSale | Exclude<PurchaseEvent, SaleEvent>;

/** Puts keyed hashes in place of a sale's licence and address: nothing behind this ever sees them in clear. */
export function concealEvent(event: PurchaseEvent, hashes: Hashes): ConcealedEvent {
  if (event.effect !== "sale") return event;
  const { licence, email, ...sale } = event;
  return {
    ...sale,
    licenceHash: licence === undefined ? null : hashes.licence(licence),
    emailHash: email === undefined ? null : hashes.email(email),
    emailDomainHash: email === undefined ? null : hashes.emailDomain(email),
    emailAliasHash: email === undefined ? null : hashes.emailAlias(email),
    emailSiteHash: email === undefined ? null : hashes.emailSite(email),
    serial: licence === undefined ? undefined : readSerial(hashes, licence),
  };
}
