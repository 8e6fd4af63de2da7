import { type KeyObject, timingSafeEqual } from "node:crypto";
import type { Instant } from "../../words/clock.ts";
import { hmacSha256 } from "../keyed-hash.ts";

/** What checking a delivery's signature came to: `valid`, or why not. */
export type SignatureVerdict = "valid" | SignatureRefusal;

/** Why a delivery's signature does not hold. */
export type SignatureRefusal =
  | "signature_missing"
  | "signature_malformed"
  | "signature_mismatch"
  | "timestamp_outside_tolerance";

/** A delivery's headers, each by its name in lower case; several of one name are one, joined by commas. */
export type DeliveryHeaders = Pick<Headers, "get">;

/** A sender has two or three secrets at most while it rotates; more signatures than this only cost us hashing. */
export const maxSignatures = 8;

/** How far the sender's clock and ours may differ, either way. Older deliveries may be replays. */
export const toleranceSeconds = 300;

/** No header of a known sender comes near this. Longer ones are refused before they are taken apart. */
export const maxHeaderLength = 4096;

const digits = /^[0-9]{1,12}$/;

/** HMAC-SHA-256 (RFC 2104) over a prefix and the raw bytes of a body, as text in the given encoding. */
export const hmacText = (
  key: KeyObject,
  prefix: string,
  body: Uint8Array,
  encoding: "hex" | "base64",
): string => hmacSha256(key, [prefix, body], encoding);

/**
 * Whether one of the given signatures is the expected one. Texts are compared rather than decoded bytes, as several
 * texts can decode to the same bytes; the comparison takes the same time wherever they differ.
 */
export function matchesAny(given: readonly string[], expected: string): boolean {
  const wanted = Buffer.from(expected);
  let matches = false;
  for (const signature of given) {
    const bytes = Buffer.from(signature);
    if (bytes.length === wanted.length && timingSafeEqual(bytes, wanted)) matches = true;
  }
  return matches;
}

/** Whether a text is a timestamp at all: whole seconds since 1970, ASCII digits only. */
export const isTimestamp = (text: string): boolean => digits.test(text);

/** Whether a timestamp, checked by `isTimestamp`, is within the tolerance of `now`, in the past or the future. */
export function isTimely(timestamp: string, now: Instant): boolean {
  return Math.abs(Math.floor(now / 1000) - Number(timestamp)) <= toleranceSeconds;
}
