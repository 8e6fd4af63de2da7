import type { KeyObject } from "node:crypto";
import type {
  EmailDomainHash,
  EmailHash,
  LicenceHash,
  OrganisationHash,
  SerialHash,
  VoucherHash,
} from "../words/ids.ts";
import type { NormalSerial } from "../words/serial-text.ts";

/** Keyed hashes of what must never be stored in clear: HMAC-SHA-256 with the pepper, base64url. */
export interface Hashes {
  /** Of an exact licence: it is trimmed first. */
  licence(licence: string): LicenceHash;
  /** Of a loose licence: spaces, dashes and case do not matter. Never the same as the hash of an exact one. */
  looseLicence(licence: string): LicenceHash;
  /** The first 48 bits of `licence`, as a number: for millions of short texts, to be looked for among known hashes. */
  licenceStart(licence: string): number;
  /** The first 48 bits of `looseLicence`. */
  looseLicenceStart(licence: string): number;
  /** The address is normalised first: NFC, trimmed, lower case, domain to ASCII. */
  email(address: string): EmailHash;
  /** Of the normalised address; null where anybody can have an address in the domain. */
  emailDomain(address: string): EmailDomainHash | null;
  /** Of the mailbox that an address leads to; null where the address is its only spelling, and `email` says the same. */
  emailAlias(address: string): EmailHash | null;
  /** Of the site that the address's domain is a part of; null where `emailDomain` says the same, or is null. */
  emailSite(address: string): EmailDomainHash | null;
  /** Whom a rate limit counts: a network address or an account. Short, since it is only compared. */
  limit(caller: string): string;
  /** The signature of a link that this receiver made for a partner's form. */
  formLink(text: string): string;
  /** Those of the pepper that was in force before, where the configuration names one. */
  former?: Hashes;
  /** Makes receipts of rows that the receiver wrote. Made of the pepper by HKDF too. */
  receiptKey: KeyObject;
  /** Names the pepper, so that another one is noticed. */
  pepperId: string;
  /** The code is taken as it is: the caller has read it, so that all its spellings are one. */
  voucher(code: string): VoucherHash;
  /** The first 128 bits. */
  serial(serial: NormalSerial): SerialHash;
  /** The same as 16 bytes, written to a place in a buffer: for millions of them. */
  serialInto(serial: NormalSerial, into: Buffer, at: number): void;
  /** Seals what a pool gives out later. Made of the pepper by HKDF (RFC 5869), so that the pepper seals nothing itself. */
  pooledSerialKey: KeyObject;
  /** Seals the secrets of partners' webhooks. Made of the pepper by HKDF too. */
  webhookSecretKey: KeyObject;
  /** Seals who partners are to the tax office and the bank. Made of the pepper by HKDF too. */
  partnerDetailsKey: KeyObject;
  /** Seals files that partners send as evidence. Made of the pepper by HKDF too. */
  disputeFileKey: KeyObject;
  /** Seals the customers of deals. */
  dealKey: KeyObject;
  /** Of a code that is handed to a customer as a reward, as its shop spells it. */
  rewardCode(code: string): string;
  /** Seals these codes. Made of the pepper by HKDF too. */
  rewardCodeKey: KeyObject;
  /** Of the name of a customer's organisation: case and spaces around do not matter. */
  organisation(name: string): OrganisationHash;
  /** Seals who customers are. Made of the pepper by HKDF too. */
  customerKey: KeyObject;
  /** Seals deliveries that wait for their shop's word. Made of the pepper by HKDF too. */
  waitingDeliveryKey: KeyObject;
  /** A code or a link that signs somebody in, with what it belongs to. */
  signIn(text: string): string;
  /** Seals the addresses of people who sign in and of whom mail goes to. Made of the pepper by HKDF too. */
  mailAddressKey: KeyObject;
  /** Seals a voucher's answer. Only one who knows both code and idempotency key can have it made again. */
  voucherAnswerKey(code: string, idempotencyKey: string): KeyObject;
}
