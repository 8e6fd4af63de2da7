import type { KeyObject } from "node:crypto";
import type { SignatureVerdict } from "../../secrets/webhook-signatures/signature.ts";
import {
  signTimestamped,
  type TimestampedStyle,
  verifyTimestamped,
} from "../../secrets/webhook-signatures/timestamped-signature.ts";
import type { Instant } from "../../words/clock.ts";

const style: TimestampedStyle = { separator: ";", timestamp: "ts", signature: "h1", joint: ":" };

/** Paddle's `h1` signature: HMAC-SHA-256 over `ts:body` with the whole secret as the key, lower-case hex. */
export const signPaddle = (key: KeyObject, timestamp: string, body: Uint8Array): string =>
  signTimestamped(style, key, timestamp, body);

/**
 * Checks the `Paddle-Signature` header, `ts=…;h1=…[;h1=…]`, over the raw bytes of the body. There are several `h1` while
 * a secret is rotated, and any of them will do; Paddle's own package looks at the last alone.
 *
 * Rules: https://developer.paddle.com/webhooks/signature-verification. The tolerance is ours, 300 seconds: Paddle's own
 * package allows 5, which a queue at the sender or a clock that drifts would break.
 */
export const verifyPaddle = (
  header: string | null,
  body: Uint8Array,
  keys: readonly KeyObject[],
  now: Instant,
): SignatureVerdict => verifyTimestamped(style, { header, body }, keys, now);
