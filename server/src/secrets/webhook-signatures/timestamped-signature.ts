import type { KeyObject } from "node:crypto";
import type { Instant } from "../../words/clock.ts";
import {
  hmacText,
  isTimely,
  isTimestamp,
  matchesAny,
  maxHeaderLength,
  maxSignatures,
  type SignatureVerdict,
} from "./signature.ts";

/** How a shop writes a time and the signatures over time and body into one header. */
export interface TimestampedStyle {
  /** Stands between the header's items. */
  separator: string;
  /** The item that holds the time, in seconds. */
  timestamp: string;
  /** The items that hold a signature, several while a secret is rotated. Others are passed over. */
  signature: string;
  /** Stands between time and body where they are signed. */
  joint: string;
}

/** HMAC-SHA-256 over time, joint and body, lower-case hex. */
export function signTimestamped(
  style: TimestampedStyle,
  key: KeyObject,
  timestamp: string,
  body: Uint8Array,
): string {
  return hmacText(key, timestamp + style.joint, body, "hex");
}

/** Checks a header of that style over the raw bytes of the body: any of its signatures by any of the keys will do. */
export function verifyTimestamped(
  style: TimestampedStyle,
  { header, body }: { header: string | null; body: Uint8Array },
  keys: readonly KeyObject[],
  now: Instant,
): SignatureVerdict {
  if (header === null) return "signature_missing";
  const parts = readHeader(style, header);
  if (parts === undefined) return "signature_malformed";
  if (!isTimely(parts.timestamp, now)) return "timestamp_outside_tolerance";
  const valid = keys.some((key) =>
    matchesAny(parts.signatures, signTimestamped(style, key, parts.timestamp, body)),
  );
  return valid ? "valid" : "signature_mismatch";
}

// A repeated header arrives as one, joined by a comma and a space: what lies there means there were two.
const twoHeaders = /^ |,/;

function readHeader(
  style: TimestampedStyle,
  header: string,
): { timestamp: string; signatures: string[] } | undefined {
  if (header.length > maxHeaderLength) return undefined;
  let timestamp: string | undefined;
  const signatures: string[] = [];
  for (const item of header.split(style.separator)) {
    const equals = item.indexOf("=");
    if (equals < 1 || twoHeaders.test(item)) return undefined;
    const name = item.slice(0, equals);
    const value = item.slice(equals + 1);
    if (name === style.signature) signatures.push(value);
    if (name !== style.timestamp) continue;
    if (timestamp !== undefined || !isTimestamp(value)) return undefined;
    timestamp = value;
  }
  if (timestamp === undefined || signatures.length < 1 || signatures.length > maxSignatures) return undefined;
  return { timestamp, signatures };
}
