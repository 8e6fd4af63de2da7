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
    ["an issuer that is very long", { iss: `https://${"a".repeat(300)}` }],
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
