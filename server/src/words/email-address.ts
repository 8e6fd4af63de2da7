import { domainToASCII } from "node:url";

/** RFC 5321, section 4.5.3.1: 64 octets before the at sign, 254 in all. */
const localPartAtMost = 64;
const addressAtMost = 254;

/** What stands before the at sign unquoted, RFC 5322, section 3.2.3, and all beyond ASCII by RFC 6532. */
const localPart =
  /^[\w!#$%&'*+/=?^`{|}~\-\u{a0}-\u{10ffff}]+(?:\.[\w!#$%&'*+/=?^`{|}~\-\u{a0}-\u{10ffff}]+)*$/u;

/**
 * Whether a text is one bare e-mail address: no name, no quotes, no comment, a domain with a dot that has an ASCII
 * form. A cell that a spreadsheet would run as a formula is none.
 */
export function isEmailAddress(text: string): boolean {
  const address = text.trim();
  if (!address.isWellFormed() || Buffer.byteLength(address) > addressAtMost) return false;
  if (/^[=+@-]/.test(address) || /[\p{Cc}\p{Cf}\p{Z}]/u.test(address)) return false;
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  if (at < 1 || Buffer.byteLength(local) > localPartAtMost || !localPart.test(local)) return false;
  const domain = domainToASCII(address.slice(at + 1));
  return /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(domain);
}
