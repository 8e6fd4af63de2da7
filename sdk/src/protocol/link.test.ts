import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRenewalQuery, renewalLink } from "./index.ts";

const receiver = "https://renew.acme.example";

describe("renewalLink", () => {
  it("leaves out what is absent", () => {
    expect(renewalLink({ receiver, product: "acme-paint" })).toBe("https://renew.acme.example/r/acme-paint");
    expect(renewalLink({ receiver, product: "p", token: "a.b.c" })).toBe(
      "https://renew.acme.example/r/p?t=a.b.c",
    );
  });

  it("keeps the receiver's path and one slash", () => {
    const link = renewalLink({ receiver: "https://acme.example/renew//", product: "p", licence: "A B&C" });
    expect(link).toBe("https://acme.example/renew/r/p?l=A%20B%26C");
  });

  it("leaves out a token that is too long or has control characters", () => {
    for (const token of ["t".repeat(1025), "a.b.c\n", "a\u0085b"])
      expect(renewalLink({ receiver, product: "p", token })).toBe(`${receiver}/r/p`);
  });

  it("leaves out what is too long or has control characters", () => {
    const link = renewalLink({ receiver, product: "p", licence: "l".repeat(257), email: "a\n@b.example" });
    expect(link).toBe(`${receiver}/r/p`);
  });

  it("writes half a surrogate pair as a replacement character", () => {
    expect(renewalLink({ receiver, product: "p", licence: "a\ud800" })).toBe(`${receiver}/r/p?l=a%EF%BF%BD`);
  });

  it("is read back as it was written, whatever the licence and address are", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((t) => !/\p{Cc}/u.test(t));
    fc.assert(
      fc.property(text, text, fc.constantFrom("a.b.c", "x-_9"), (licence, email, token) => {
        const url = new URL(renewalLink({ receiver, product: "p", token, licence, email }));
        expect(readRenewalQuery(url.searchParams)).toEqual({ token, licence, email });
      }),
    );
  });
});

describe("readRenewalQuery", () => {
  it("takes the first of repeated parameters", () => {
    expect(readRenewalQuery("t=1&t=2&l=&x=9")).toEqual({ token: "1" });
  });

  it("leaves out a licence over 256 and an address over 320 characters", () => {
    expect(readRenewalQuery(`l=${"l".repeat(256)}&e=${"e".repeat(321)}`)).toEqual({
      licence: "l".repeat(256),
    });
    expect(readRenewalQuery(`l=${"l".repeat(257)}&e=${"e".repeat(320)}`)).toEqual({ email: "e".repeat(320) });
  });

  it("leaves out what a database could not keep", () => {
    expect(readRenewalQuery("l=a%00b&e=a%0Ab")).toEqual({});
  });

  it("never throws, whatever the query is", () => {
    const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }));
    const search = codeUnits.map((units) => String.fromCharCode(...units)); // Halves of pairs too.
    fc.assert(fc.property(search, (query) => void readRenewalQuery(query)));
  });
});
