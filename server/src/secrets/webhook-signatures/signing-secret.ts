import { createSecretKey, type KeyObject } from "node:crypto";
import { minSecretBytes } from "../../config/secret-source.ts";

const standardPrefix = "whsec_";

/** A secret turned into a key, or what is wrong with it, in words that do not repeat it. */
export type SecretReading = { key: KeyObject } | { problem: string };

/** The bytes of the whole text, whatever prefix it begins with: how Stripe and most other shops use their secrets. */
export function textKey(secret: string): SecretReading {
  return keyOf(secret, Buffer.from(secret));
}

/** Standard Webhooks signs with the bytes that stand in base64 after `whsec_`; the prefix may be left out. */
export function standardWebhooksKey(secret: string): SecretReading {
  const text = secret.startsWith(standardPrefix) ? secret.slice(standardPrefix.length) : secret;
  const bytes = Buffer.from(text, "base64");
  // Node skips what is not base64. A secret that was cut or mistyped must be told, not turned into another key.
  if (withoutPadding(bytes.toString("base64")) !== withoutPadding(text)) {
    return { problem: "is not base64 after an optional whsec_" };
  }
  return keyOf(secret, bytes);
}

function keyOf(secret: string, bytes: Buffer): SecretReading {
  if (secret.trim() !== secret) return { problem: "begins or ends with white space" };
  if (bytes.length < minSecretBytes) {
    return { problem: `has ${bytes.length} bytes; at least ${minSecretBytes} are needed` };
  }
  return { key: createSecretKey(bytes) };
}

const withoutPadding = (base64: string): string => base64.replace(/={0,2}$/, "");
