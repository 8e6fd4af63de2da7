import type { KeyObject } from "node:crypto";
import {
  matchesAny,
  maxHeaderLength,
  type SignatureVerdict,
} from "../../secrets/webhook-signatures/signature.ts";

const shape = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** The `Authorization` header of a user with a password, by RFC 7617 in UTF-8. */
export function basicAuthorization(user: string, password: KeyObject): string {
  const pair = Buffer.concat([Buffer.from(`${user}:`), password.export()]);
  return `Basic ${pair.toString("base64")}`;
}

/**
 * Checks the `Authorization` header of a sender that signs nothing: whoever knows the password may say anything, so it
 * must travel by https alone. The comparison takes the same time wherever the texts differ.
 */
export function verifyBasic(
  header: string | null,
  user: string,
  passwords: readonly KeyObject[],
): SignatureVerdict {
  if (header === null) return "signature_missing";
  const [, given] = header.length > maxHeaderLength ? [] : (shape.exec(header) ?? []);
  if (given === undefined) return "signature_malformed";
  const valid = passwords.some((password) =>
    matchesAny([`Basic ${given}`], basicAuthorization(user, password)),
  );
  return valid ? "valid" : "signature_mismatch";
}
