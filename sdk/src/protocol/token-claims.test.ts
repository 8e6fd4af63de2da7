import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goodClaims, issuer, noon } from "../testing/signer.ts";
import { checkClaims, tokenRefusals } from "./index.ts";
import { readClaims } from "./token-claims.ts";

describe("readClaims", () => {
  it("accepts exactly the known claims", () => {
    const full = { ...goodClaims, exp: goodClaims.iat + 1, batch: "Frühjahr 2027" };
    expect(readClaims(goodClaims)).toEqual(goodClaims);
    expect(readClaims(full)).toEqual(full);
  });

  it.each([
    ["an unknown claim", { role: "admin" }],
    ["nbf, which this protocol does not have", { nbf: 1 }],
    ["an issuer that is no address", { iss: "acme" }],
    ["an issuer with a query", { iss: "https://a.example?x" }],
    ["an issuer of 257 characters", { iss: `https://${"a".repeat(249)}` }],
    ["an issuer without a host", { iss: "https:///x" }],
    ["an issuer of http that is not loopback", { iss: "http://renew.acme.example" }],
    ["an issuer with a slash at its end", { iss: "https://renew.acme.example/" }],
    ["an issuer with a slash at its path's end", { iss: "https://acme.example/renew/" }],
    ["an issuer with a user name", { iss: "https://acme@renew.acme.example" }],
    ["an issuer with capitals in its host", { iss: "https://Renew.acme.example" }],
    ["an issuer with a back slash", { iss: "https://acme.example/a\\b" }],
    ["an issuer with a fragment", { iss: "https://acme.example/a#b" }],
    ["an issuer whose host only begins as loopback", { iss: "http://localhost.evil.example" }],
    ["an audience that is a list", { aud: ["acme-paint"] }],
    ["a product in capitals", { aud: "Acme" }],
    ["an empty partner", { sub: "" }],
    ["a partner of 65 characters", { sub: "a".repeat(65) }],
    ["a partner that is a path", { sub: "../x" }],
    ["a token id with a space", { jti: "a b" }],
    ["a fractional time", { iat: 1.5 }],
    ["a time in a string", { iat: "1" }],
    ["a negative time", { iat: -1 }],
    ["a time after the year 9999", { iat: 253_402_300_800 }],
    ["an end before the beginning", { exp: goodClaims.iat }],
    ["an end that is null", { exp: null }],
    ["an empty batch", { batch: "" }],
    ["a batch with a line end", { batch: "a\nb" }],
    ["a batch that turns the writing direction", { batch: "a\u202eb" }],
    ["a batch of 65 characters", { batch: "b".repeat(65) }],
  ])("refuses %s", (_, change) => {
    expect(readClaims({ ...goodClaims, ...change })).toBeUndefined();
  });

  it.each([
    "https://renew.acme.example:8443/a//b",
    "https://[2001:db8::1]",
    "http://localhost:8787",
    "http://127.0.0.1",
    "http://[::1]:1/x",
    `https://${"a".repeat(248)}`,
  ])("takes the issuer %s", (iss) => {
    expect(readClaims({ ...goodClaims, iss })).toMatchObject({ iss });
  });

  it("counts a batch in code points", () => {
    expect(readClaims({ ...goodClaims, batch: "🎨".repeat(64) })).toBeDefined();
    expect(readClaims({ ...goodClaims, batch: "🎨".repeat(65) })).toBeUndefined();
  });

  it.each(["iss", "aud", "sub", "jti", "iat"])("refuses claims without %s", (name) => {
    const { [name as "iss"]: _, ...rest } = goodClaims;
    expect(readClaims(rest)).toBeUndefined();
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (claims) => void readClaims(claims)));
  });
});

describe("checkClaims", () => {
  const expected = { issuer, product: "acme-paint", now: noon };

  it("names the first reason in the order of precedence", () => {
    const wrong = { ...goodClaims, iss: "https://x.example", aud: "x", iat: noon, exp: 1 };
    const repaired: Partial<typeof wrong> = {};
    const seen = [];
    for (const repair of [{ iss: issuer }, { aud: "acme-paint" }, { iat: 0 }]) {
      seen.push(checkClaims({ ...wrong, ...repaired }, expected));
      Object.assign(repaired, repair);
    }
    seen.push(checkClaims({ ...wrong, ...repaired }, expected));
    expect(seen).toEqual(tokenRefusals.slice(-4));
  });

  it("does not compare the product when none is expected", () => {
    expect(checkClaims({ ...goodClaims, aud: "x" }, { issuer, now: noon })).toBeUndefined();
  });
});
