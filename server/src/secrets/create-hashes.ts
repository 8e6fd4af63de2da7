import { createSecretKey, hkdfSync } from "node:crypto";
import { domainToASCII } from "node:url";
import { mailboxOf, siteOf } from "../words/email-alias.ts";
import type {
  EmailDomainHash,
  EmailHash,
  LicenceHash,
  OrganisationHash,
  SerialHash,
  VoucherHash,
} from "../words/ids.ts";
import { loosenLicence } from "../words/loose-licence.ts";
import { isPublicMailHost } from "../words/public-mail-hosts.ts";
import type { Hashes } from "./hashes.ts";
import { createKeyedHash, hmacSha256 } from "./keyed-hash.ts";
import { pepperIdOf } from "./pepper-id.ts";

const printableAscii = /^[ -~]*$/;

// Among a hundred million serials, two share 128 bits with a chance of one in 10^22; with all 256 the tree of the
// serials would be half as large again. Nobody who lacks the pepper can look for such a pair.
const serialHashBytes = 16;

/** As many as a number holds exactly. */
const licenceStartBytes = 6;

/** What `licenceStart` answers for the text that a hash is of. */
export const startOfLicenceHash = (hash: LicenceHash): number =>
  Buffer.from(hash.slice(0, (licenceStartBytes * 4) / 3), "base64url").readUIntBE(0, licenceStartBytes);

/**
 * Keyed hashes of addresses and licences, HMAC-SHA-256 (RFC 2104) in base64url, so that a stolen database can
 * be neither read nor searched without the pepper. The two kinds are kept apart by a prefix: one text gives
 * two hashes.
 *
 * @param former the pepper that was in force before, with which some of what is kept was hashed
 */
export function createHashes(pepper: string, former?: string): Hashes {
  const key = createSecretKey(pepper, "utf8");
  const keyedShort = createKeyedHash(pepper);
  const start = Buffer.alloc(licenceStartBytes);
  const hash = (kind: string, text: string) => hmacSha256(key, [`tallystick ${kind}\0${text}`], "base64url");
  const startOf = (named: string): number => {
    keyedShort(named, start, 0, licenceStartBytes);
    return start.readUIntBE(0, licenceStartBytes);
  };
  const serialInto: Hashes["serialInto"] = (serial, into, at) =>
    keyedShort(`tallystick serial\0${serial}`, into, at, serialHashBytes);
  return {
    licence: (licence) => hash("licence", licence.trim()) as LicenceHash,
    looseLicence: (licence) => hash("loose licence", loosenLicence(licence)) as LicenceHash,
    licenceStart: (licence) => startOf(`tallystick licence\0${licence.trim()}`),
    looseLicenceStart: (licence) => startOf(`tallystick loose licence\0${loosenLicence(licence)}`),
    email: (address) => hash("email", normalizeEmail(address)) as EmailHash,
    emailDomain: (address) => {
      const domain = domainOf(normalizeEmail(address));
      return isPublicMailHost(domain) ? null : (hash("email domain", domain) as EmailDomainHash);
    },
    emailAlias: (address) => {
      const normal = normalizeEmail(address);
      const mailbox = normal.includes("@") ? mailboxOf(normal) : normal;
      return mailbox === normal ? null : (hash("email", mailbox) as EmailHash);
    },
    emailSite: (address) => {
      const domain = domainOf(normalizeEmail(address));
      const site = siteOf(domain);
      if (site === domain || isPublicMailHost(site)) return null;
      return hash("email domain", site) as EmailDomainHash;
    },
    limit: (caller) => hash("limit", caller).slice(0, 22),
    formLink: (text) => hash("form link", text).slice(0, 22),
    ...(former === undefined ? {} : { former: createHashes(former) }),
    pepperId: pepperIdOf(pepper),
    voucher: (code) => hash("voucher", code) as VoucherHash,
    serialInto,
    serial: (serial) => {
      const bytes = Buffer.alloc(serialHashBytes);
      serialInto(serial, bytes, 0);
      return bytes.toString("base64url") as SerialHash;
    },
    pooledSerialKey: sealingKey(pepper, "pooled serials"),
    webhookSecretKey: sealingKey(pepper, "webhook secrets"),
    partnerDetailsKey: sealingKey(pepper, "partner details"),
    disputeFileKey: sealingKey(pepper, "dispute files"),
    dealKey: sealingKey(pepper, "deals"),
    rewardCode: (code) => hash("reward code", code),
    rewardCodeKey: sealingKey(pepper, "reward codes"),
    organisation: (name) =>
      hash("organisation", name.normalize("NFC").trim().toLowerCase()) as OrganisationHash,
    customerKey: sealingKey(pepper, "customers"),
    waitingDeliveryKey: sealingKey(pepper, "waiting deliveries"),
    signIn: (text) => hash("sign-in", text),
    receiptKey: sealingKey(pepper, "receipts"),
    mailAddressKey: sealingKey(pepper, "mail addresses"),
    voucherAnswerKey: (code, idempotencyKey) =>
      createSecretKey(hash("voucher answer", `${code}\0${idempotencyKey}`), "base64url"),
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** A key that is made of the pepper for one purpose (RFC 5869), so that the pepper itself seals nothing. */
const sealingKey = (pepper: string, purpose: string) =>
  createSecretKey(Buffer.from(hkdfSync("sha256", pepper, "", `tallystick ${purpose}`, 32)));

/**
 * One spelling for all spellings of one mailbox that every provider treats alike: NFC, trimmed, lower case,
 * domain to ASCII (RFC 5891). Dots and plus signs stay, since some providers tell them apart.
 */
export function normalizeEmail(address: string): string {
  const trimmed = address.trim();
  // Nearly all are, and have one spelling already: the tables of Unicode need not be asked.
  if (printableAscii.test(trimmed)) return trimmed.toLowerCase();
  const folded = trimmed.normalize("NFC").toLowerCase();
  const at = folded.lastIndexOf("@");
  const domain = folded.slice(at + 1);
  const ascii = at < 0 ? "" : domainToASCII(domain);
  return `${folded.slice(0, at + 1)}${ascii || domain}`.normalize("NFC");
}
