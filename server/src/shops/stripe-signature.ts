import type { KeyObject } from "node:crypto";
import type { Instant } from "../clock.ts";
import {
  hmacText,
  isTimely,
  isTimestamp,
  matchesAny,
  maxHeaderLength,
  maxSignatures,
  type SignatureVerdict,
} from "./signature.ts";

/** Stripe's `v1` signature: HMAC-SHA-256 over `timestamp.body`, lower-case hex. */
export function signStripe(key: KeyObject, timestamp: string, body: Uint8Array): string {
  return hmacText(key, `${timestamp}.`, body, "hex");
}

/**
 * Checks the `Stripe-Signature` header, `t=…,v1=…[,v1=…]`, over the raw bytes of the body. Any `v1` by any of the
 * keys will do; other schemes, such as the `v0` of test mode, are passed over.
 *
 * Rules: https://docs.stripe.com/webhooks#verify-manually. Unlike Stripe's own libraries this refuses a timestamp
 * that lies in the future.
 */
export function verifyStripe(
  header: string | null,
  body: Uint8Array,
  keys: readonly KeyObject[],
  now: Instant,
): SignatureVerdict {
  if (header === null) return "signature_missing";
  const parts = readHeader(header);
  if (parts === undefined) return "signature_malformed";
  if (!isTimely(parts.timestamp, now)) return "timestamp_outside_tolerance";
  const valid = keys.some((key) => matchesAny(parts.signatures, signStripe(key, parts.timestamp, body)));
  return valid ? "valid" : "signature_mismatch";
}

function readHeader(header: string): { timestamp: string; signatures: string[] } | undefined {
  if (header.length > maxHeaderLength) return undefined;
  let timestamp: string | undefined;
  const signatures: string[] = [];
  for (const item of header.split(",")) {
    const equals = item.indexOf("=");
    if (equals < 1) return undefined;
    const scheme = item.slice(0, equals);
    const value = item.slice(equals + 1);
    // A repeated header arrives as one, joined by a comma and a space; so a scheme with a space means there were two.
    if (scheme !== scheme.trim()) return undefined;
    if (scheme === "v1") signatures.push(value);
    if (scheme !== "t") continue;
    if (timestamp !== undefined || !isTimestamp(value)) return undefined;
    timestamp = value;
  }
  if (timestamp === undefined || signatures.length < 1 || signatures.length > maxSignatures) return undefined;
  return { timestamp, signatures };
}
