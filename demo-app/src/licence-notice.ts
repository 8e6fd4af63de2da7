import { createHmac, timingSafeEqual } from "node:crypto";

/** What the store tells the product once a licence is paid. */
export interface LicenceNotice {
  licence: string;
  /** The order that paid for it: a notice that comes twice renews once. */
  order: string;
  years: number;
}

/** The header that carries the signature. */
export const noticeHeader = "acme-signature";

/** HMAC-SHA-256 over the exact text, in hex. */
export function signNotice(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** Reads a notice whose signature is right; `undefined` for anything else. */
export function readNotice(
  text: string,
  signature: string | undefined,
  secret: string,
): LicenceNotice | undefined {
  const expected = Buffer.from(signNotice(text, secret));
  const given = Buffer.from(signature ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const { licence, order, years } = parse(text);
  if (typeof licence !== "string" || typeof order !== "string" || !Number.isSafeInteger(years))
    return undefined;
  return { licence, order, years: years as number };
}

function parse(text: string): Partial<LicenceNotice> {
  try {
    return JSON.parse(text) as Partial<LicenceNotice>;
  } catch {
    return {};
  }
}
