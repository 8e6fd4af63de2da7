import type { KeyObject } from "node:crypto";
import { hmacText, matchesAny, type SignatureVerdict } from "../../secrets/webhook-signatures/signature.ts";

const shapes = { hex: /^[0-9a-f]{64}$/, base64: /^[A-Za-z0-9+/]{43}=$/ } as const;

/** HMAC-SHA-256 over the raw bytes of a body alone, as several shops send it in a header of their own. */
export const signBody = (key: KeyObject, body: Uint8Array, encoding: "hex" | "base64"): string =>
  hmacText(key, "", body, encoding);

/**
 * Checks a header that is the HMAC-SHA-256 of the raw body. It covers no time, so a delivery never grows old: that it
 * counts once is up to its ids.
 */
export function verifyBody(
  header: string | null,
  body: Uint8Array,
  keys: readonly KeyObject[],
  encoding: "hex" | "base64",
): SignatureVerdict {
  if (header === null) return "signature_missing";
  if (!shapes[encoding].test(header)) return "signature_malformed";
  const valid = keys.some((key) => matchesAny([header], signBody(key, body, encoding)));
  return valid ? "valid" : "signature_mismatch";
}
