import { createHmac, createSecretKey } from "node:crypto";
import { domainToASCII } from "node:url";
import type { Hashes } from "./deps.ts";
import type { EmailHash, LicenceHash, VoucherHash } from "./ids.ts";

const printableAscii = /^[ -~]*$/;

/**
 * Keyed hashes of addresses and licences, HMAC-SHA-256 (RFC 2104) in base64url, so that a stolen database can
 * be neither read nor searched without the pepper. The two kinds are kept apart by a prefix: one text gives
 * two hashes.
 */
export function createHashes(pepper: string): Hashes {
  const key = createSecretKey(pepper, "utf8");
  const keyed = (kind: string, text: string) =>
    createHmac("sha256", key).update(`tallystick ${kind}\0${text}`).digest();
  const hash = (kind: string, text: string) => keyed(kind, text).toString("base64url");
  return {
    licence: (licence) => hash("licence", licence.trim()) as LicenceHash,
    email: (address) => hash("email", normalizeEmail(address)) as EmailHash,
    limit: (caller) => hash("limit", caller).slice(0, 22),
    voucher: (code) => hash("voucher", code) as VoucherHash,
    voucherAnswerKey: (code, idempotencyKey) => keyed("voucher answer", `${code}\0${idempotencyKey}`),
  };
}

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
