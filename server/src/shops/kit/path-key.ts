import type { KeyObject } from "node:crypto";
import { matchesAny, type SignatureVerdict } from "../../secrets/webhook-signatures/signature.ts";
import { type SecretReading, textKey } from "../../secrets/webhook-signatures/signing-secret.ts";

const shape = /^[A-Za-z0-9_-]{1,200}$/;

/** A secret that stands in an address: `/webhooks/{shop}/{key}`. No character of it needs an escape there. */
export const addressKey = (secret: string): SecretReading =>
  shape.test(secret)
    ? textKey(secret)
    : { problem: "has other characters than letters, digits, - and _: it stands in an address" };

/** Checks the key in the address of a delivery that nothing else vouches for. */
export function verifyPathKey(key: string | undefined, secrets: readonly KeyObject[]): SignatureVerdict {
  if (key === undefined) return "signature_missing";
  if (!shape.test(key)) return "signature_malformed";
  return secrets.some((secret) => matchesAny([key], secret.export().toString()))
    ? "valid"
    : "signature_mismatch";
}
