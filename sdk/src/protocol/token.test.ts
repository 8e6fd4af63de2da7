import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createKeySet, type PublicJwk, parseToken, verifyToken } from "./index.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const issuer = "https://renew.acme.example";

async function keysAndToken(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1" } as PublicJwk;
  const token = await new SignJWT({ batch: "spring" })
    .setProtectedHeader({ alg, typ: "attribution+jwt", kid: "k1" })
    .setIssuer(issuer)
    .setAudience("acme-paint")
    .setSubject("north-tools")
    .setJti("t-1")
    .setIssuedAt(now / 1000)
    .sign(privateKey);
  return { keys: createKeySet({ keys: [jwk] }), token };
}

describe("verifyToken", () => {
  it.each(["Ed25519", "EdDSA"])("accepts what jose signs as %s", async (alg) => {
    const { keys, token } = await keysAndToken(alg);
    const verified = await verifyToken(token, { keys, issuer, product: "acme-paint", now });
    expect(verified).toMatchObject({ ok: true, kid: "k1", claims: { sub: "north-tools", batch: "spring" } });
  });

  it("refuses a token whose signature is of another key", async () => {
    const { token } = await keysAndToken("Ed25519");
    const { keys } = await keysAndToken("Ed25519");
    expect(await verifyToken(token, { keys, issuer, now })).toEqual({
      ok: false,
      code: "token_signature_invalid",
    });
  });

  it("answers token_missing for an empty string", () => {
    expect(parseToken("")).toEqual({ ok: false, code: "token_missing" });
  });
});
