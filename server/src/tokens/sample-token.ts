import type { Config } from "../config/config.ts";

/** A partner's id may have 64 characters; few have more than these. */
const usualPartnerLength = 24;
const keyIdLength = 43;
const tokenIdLength = 22;
const signatureLength = 86;

/**
 * Text as long as a token of this receiver for a product and batch would be, for a partner whose id is not longer than
 * usual: to ask whether there is room for one before any is issued. It is no token.
 */
export function sampleToken(
  { issuer }: Pick<Config, "issuer">,
  { product, partner, batch }: { product: string; partner?: string | undefined; batch?: string | undefined },
): string {
  const header = { alg: "Ed25519", typ: "attribution+jwt", kid: "k".repeat(keyIdLength) };
  const claims = {
    iss: issuer,
    aud: product,
    sub: partner ?? "p".repeat(usualPartnerLength),
    jti: "j".repeat(tokenIdLength),
    iat: 1_700_000_000,
    ...(batch === undefined ? {} : { batch }),
  };
  const length = encodedLength(header) + encodedLength(claims) + signatureLength + 2;
  return "x".repeat(length);
}

const encodedLength = (part: object): number =>
  Buffer.from(JSON.stringify(part)).toString("base64url").length;
