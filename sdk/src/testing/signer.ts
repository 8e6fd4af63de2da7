import { CompactSign, exportJWK, generateKeyPair } from "jose";
import type { JsonWebKeySet, PublicJwk } from "../protocol/index.ts";

/** The issuer of every test token. */
export const issuer = "https://renew.acme.example";

/** The moment most tests happen at. */
export const noon = Date.parse("2026-11-21T12:00:00Z");

/** Claims every rule accepts at `noon`. */
export const goodClaims = {
  iss: issuer,
  aud: "acme-paint",
  sub: "north-tools",
  jti: "t-1",
  iat: noon / 1000,
};

/** A header every rule accepts, for the key `k1`. */
export const goodHeader = { alg: "Ed25519", typ: "attribution+jwt", kid: "k1" };

/** Signs tokens for tests, good and odd ones. */
export interface Signer {
  jwks: JsonWebKeySet;
  sign(claims?: object, header?: object): Promise<string>;
  /** Signs a payload text and a header text as they are, well formed or not. */
  signTexts(payload: string, header: string): Promise<string>;
}

/** A signer with a fresh key. */
export async function createSigner(kid = "k1"): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid } as PublicJwk;

  async function signTexts(payload: string, header: string): Promise<string> {
    const input = `${encode(header)}.${encode(payload)}`;
    const signature = await crypto.subtle.sign("Ed25519", privateKey as CryptoKey, Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString("base64url")}`;
  }

  return {
    jwks: { keys: [jwk] },
    signTexts,
    /** By jose, so that what we accept is what others write. */
    sign: (claims = {}, header = {}) =>
      new CompactSign(Buffer.from(JSON.stringify({ ...goodClaims, ...claims })))
        .setProtectedHeader({ ...goodHeader, kid, ...header })
        .sign(privateKey),
  };
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
