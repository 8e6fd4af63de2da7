import type { KeyObject } from "node:crypto";
import type { Instant } from "../../words/clock.ts";
import type { DeliveryHeaders } from "./signature.ts";
import {
  hmacText,
  isTimely,
  isTimestamp,
  matchesAny,
  maxHeaderLength,
  maxSignatures,
  type SignatureVerdict,
} from "./signature.ts";

const readableId = /^[\x21-\x7e]{1,255}$/;

/** The `v1` signature of Standard Webhooks without its version: HMAC-SHA-256 over `id.timestamp.body`, base64. */
export function signStandardWebhook(
  key: KeyObject,
  message: { id: string; timestamp: string; body: Uint8Array },
): string {
  return hmacText(key, `${message.id}.${message.timestamp}.`, message.body, "base64");
}

/**
 * Checks `webhook-id`, `webhook-timestamp` and `webhook-signature` (a list of `v1,…` separated by spaces) over the
 * raw bytes of the body. Other versions in the list, such as the asymmetric `v1a`, are passed over.
 *
 * Rules: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. The id may hold
 * visible ASCII only, since it is stored as the event's id.
 */
export function verifyStandardWebhook(
  headers: DeliveryHeaders,
  body: Uint8Array,
  keys: readonly KeyObject[],
  now: Instant,
): SignatureVerdict {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const list = headers.get("webhook-signature");
  if (id === null || timestamp === null || list === null) return "signature_missing";
  const signatures = readSignatures(list);
  if (!readableId.test(id) || !isTimestamp(timestamp) || signatures === undefined)
    return "signature_malformed";
  if (!isTimely(timestamp, now)) return "timestamp_outside_tolerance";
  const message = { id, timestamp, body };
  const valid = keys.some((key) => matchesAny(signatures, signStandardWebhook(key, message)));
  return valid ? "valid" : "signature_mismatch";
}

function readSignatures(list: string): string[] | undefined {
  if (list.length > maxHeaderLength) return undefined;
  const signatures: string[] = [];
  for (const item of list.split(" ")) {
    const comma = item.indexOf(",");
    // A second comma means that the header came twice, as repeated headers are joined by one.
    if (comma < 1 || item.includes(",", comma + 1)) return undefined;
    if (item.slice(0, comma) === "v1") signatures.push(item.slice(comma + 1));
  }
  return signatures.length < 1 || signatures.length > maxSignatures ? undefined : signatures;
}
