import type { KeyObject } from "node:crypto";
import type { SignatureVerdict } from "../../secrets/webhook-signatures/signature.ts";
import {
  signTimestamped,
  type TimestampedStyle,
  verifyTimestamped,
} from "../../secrets/webhook-signatures/timestamped-signature.ts";
import type { Instant } from "../../words/clock.ts";

const style: TimestampedStyle = { separator: ",", timestamp: "t", signature: "v1", joint: "." };

/** Stripe's `v1` signature: HMAC-SHA-256 over `timestamp.body`, lower-case hex. */
export const signStripe = (key: KeyObject, timestamp: string, body: Uint8Array): string =>
  signTimestamped(style, key, timestamp, body);

/**
 * Checks the `Stripe-Signature` header, `t=…,v1=…[,v1=…]`, over the raw bytes of the body. Any `v1` by any of the
 * keys will do; other schemes, such as the `v0` of test mode, are passed over.
 *
 * Rules: https://docs.stripe.com/webhooks#verify-manually. Unlike Stripe's own libraries this refuses a timestamp
 * that lies in the future.
 */
export const verifyStripe = (
  header: string | null,
  body: Uint8Array,
  keys: readonly KeyObject[],
  now: Instant,
): SignatureVerdict => verifyTimestamped(style, { header, body }, keys, now);
