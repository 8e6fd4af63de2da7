import { mailboxOf } from "../words/email-alias.ts";
import { normalizeEmail } from "./create-hashes.ts";
import type { Hashes } from "./hashes.ts";
import { readSerial } from "./read-serial.ts";
import type { FormerHash } from "./rows/keyed-columns.ts";

export type { FormerHash } from "./rows/keyed-columns.ts";

type Made = Pick<Hashes, "former" | "licence" | "looseLicence" | "serial">;

/** What a licence may be kept by since before the pepper changed, as a licence and as a serial. Nothing without a former pepper. */
export function formerOfLicence(hashes: Made, text: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  return [
    { kind: "licence", from: former.licence(text), to: hashes.licence(text) },
    { kind: "licence", from: former.looseLicence(text), to: hashes.looseLicence(text) },
    ...formerOfSerial(hashes, text),
  ];
}

/** The same of a serial or an open number. */
export function formerOfSerial(hashes: Pick<Hashes, "former" | "serial">, text: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  const [before, now] = [readSerial(former, text), readSerial(hashes, text)];
  const pairs = [
    [before?.hash, now?.hash],
    [before?.openHash, now?.openHash],
  ];
  const serials = pairs.flatMap(([from, to]) =>
    typeof from === "string" && typeof to === "string" ? [{ kind: "serial" as const, from, to }] : [],
  );
  return [...new Map(serials.map((one) => [one.from, one])).values()];
}

/** The same of an address, of the mailbox it leads to, and of its domain and that one's site. */
export function formerOfEmail(hashes: Hashes, address: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  const normal = normalizeEmail(address);
  const mailbox = normal.includes("@") ? mailboxOf(normal) : normal;
  const addresses = [...new Set([normal, mailbox])].map((one) => ({
    kind: "email" as const,
    from: former.email(one),
    to: hashes.email(one),
    buyer: {
      domain: hashes.emailDomain(one),
      alias: hashes.emailAlias(one),
      site: hashes.emailSite(one),
    },
  }));
  const domains = [
    [former.emailDomain(normal), hashes.emailDomain(normal)],
    [former.emailSite(normal), hashes.emailSite(normal)],
  ].flatMap(([from, to]) =>
    typeof from === "string" && typeof to === "string" ? [{ kind: "domain" as const, from, to }] : [],
  );
  return [...addresses, ...domains];
}

/** The same of a voucher's code. */
export const formerOfVoucher = (hashes: Pick<Hashes, "former" | "voucher">, code: string): FormerHash[] =>
  hashes.former === undefined
    ? []
    : [{ kind: "voucher", from: hashes.former.voucher(code), to: hashes.voucher(code) }];
