import { beforeAll, describe, expect, it } from "vitest";
import { createSigner, goodClaims, goodHeader, issuer, noon, type Signer } from "../testing/signer.ts";
import { createKeySet, parseToken, verifySignature, verifyToken } from "./index.ts";

const now = noon;
let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});

const verify = (token: string, more: object = {}) =>
  verifyToken(token, { keys: createKeySet(signer.jwks), issuer, product: "acme-paint", now, ...more });
const refusal = (code: string) => ({ ok: false, code });

describe("verifyToken", () => {
  it.each(["Ed25519", "EdDSA"])("accepts what jose signs as %s", async (alg) => {
    const verified = await verify(await signer.sign({ batch: "spring" }, { alg }));
    expect(verified).toMatchObject({ ok: true, kid: "k1", claims: { sub: "north-tools", batch: "spring" } });
  });

  it.each([
    ["an unknown parameter", { cty: "x" }],
    ["an embedded key", { jwk: { kty: "OKP" } }],
    ["a key's address", { jku: "https://evil.example" }],
    ["a certificate's address", { x5u: "https://evil.example" }],
    ["unencoded payload", { b64: true }],
    ["another type", { typ: "JWT" }],
    ["another algorithm", { alg: "HS256" }],
    ["no algorithm", { alg: "none" }],
    ["an algorithm in other letters", { alg: "ed25519" }],
    ["a key id that is a path", { kid: "../k1" }],
    ["a key id that is a number", { kid: 1 }],
  ])("refuses a header with %s", async (_, header) => {
    const token = await signer.signTexts(
      JSON.stringify(goodClaims),
      JSON.stringify({ ...goodHeader, ...header }),
    );
    expect(await verify(token)).toEqual(refusal("token_header_refused"));
  });

  it.each([
    ["critical extensions", `{"alg":"Ed25519","typ":"attribution+jwt","kid":"k1","crit":["b64"]}`],
    ["a repeated parameter", `{"alg":"none","alg":"Ed25519","typ":"attribution+jwt","kid":"k1"}`],
    ["white space", `{"alg":"Ed25519", "typ":"attribution+jwt","kid":"k1"}`],
    ["a needless escape", `{"alg":"Ed25519","typ":"attribution+jwt","kid":"\\u006b1"}`],
    ["an array", `["Ed25519"]`],
    ["no JSON", `Ed25519`],
    ["a missing type", `{"alg":"Ed25519","kid":"k1"}`],
  ])("refuses a header text with %s", async (_, header) => {
    const token = await signer.signTexts(JSON.stringify(goodClaims), header);
    expect(await verify(token)).toEqual(refusal("token_header_refused"));
  });

  it("refuses a token of a key it does not have", async () => {
    expect(await verify(await signer.sign({}, { kid: "k2" }))).toEqual(refusal("token_key_unknown"));
  });

  it("refuses a token that another key signed under the same kid", async () => {
    const other = await createSigner("k1");
    expect(await verify(await other.sign())).toEqual(refusal("token_signature_invalid"));
  });

  it("refuses claims that were changed after signing", async () => {
    const [header, , signature] = (await signer.sign()).split(".");
    const payload = Buffer.from(JSON.stringify({ ...goodClaims, sub: "thief" })).toString("base64url");
    expect(await verify(`${header}.${payload}.${signature}`)).toEqual(refusal("token_signature_invalid"));
  });

  it.each([
    ["token_issuer_mismatch", { issuer: "https://renew.acme.example/" }],
    ["token_product_mismatch", { product: "acme-paint-pro" }],
    ["token_not_yet_valid", { now: now - 301_000 }],
  ])("answers %s", async (code, expected) => {
    expect(await verify(await signer.sign(), expected)).toEqual(refusal(code));
  });

  it("tolerates a receiver's clock five minutes behind", async () => {
    expect(await verify(await signer.sign(), { now: now - 300_000 })).toMatchObject({ ok: true });
  });

  it("does not judge iat by a customer's clock", async () => {
    const verified = await verify(await signer.sign(), { now: 0, judgeIssuedAt: false });
    expect(verified).toMatchObject({ ok: true });
  });

  it("lets a token end at the second of exp", async () => {
    const token = await signer.sign({ exp: now / 1000 + 60 });
    expect(await verify(token, { now: now + 59_999 })).toMatchObject({ ok: true });
    expect(await verify(token, { now: now + 60_000 })).toEqual(refusal("token_expired"));
  });

  it("leaves issuer, product and time to the caller of verifySignature", async () => {
    const token = await signer.sign({ iss: "https://other.example", aud: "other", exp: now / 1000 + 1 });
    expect(await verifySignature(token, createKeySet(signer.jwks))).toMatchObject({ ok: true });
  });
});

describe("parseToken", () => {
  it.each([
    ["", "token_missing"],
    ["a".repeat(1025), "token_too_long"],
    ["a.b.c", "token_malformed"],
    ["....", "token_malformed"],
  ])("answers %j with %s", (token, code) => {
    expect(parseToken(token)).toEqual(refusal(code));
  });

  it("refuses every other spelling of a good token", async () => {
    const token = await signer.sign();
    const spellings = [
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      token.replace(".", "=."),
      `${token.slice(0, -1)} `,
    ];
    const last = token.slice(-1);
    const unusedBitSet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const sibling = unusedBitSet.charAt(unusedBitSet.indexOf(last) + 1);
    for (const spelling of [...spellings, token.slice(0, -1) + sibling]) {
      expect(parseToken(spelling)).toEqual(refusal("token_malformed"));
    }
  });

  it("does not throw on what is not a string", () => {
    expect(parseToken(undefined as unknown as string)).toEqual(refusal("token_missing"));
    expect(parseToken({} as unknown as string)).toEqual(refusal("token_missing"));
  });
});
