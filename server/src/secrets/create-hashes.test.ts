import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHashes, normalizeEmail, startOfLicenceHash } from "./create-hashes.ts";

const hashes = createHashes("pepper-of-the-tests-0123456789");

describe("keyed hashes", () => {
  it.each([
    ["short", "ann@acme.example"],
    ["in two bytes", "änne@acme.example"],
    ["as long as a block takes", `${"a".repeat(239)}`],
    ["longer", `${"a".repeat(1_000)}@acme.example`],
  ])("are HMAC-SHA-256 over kind and text, where it is %s", (_, address) => {
    const expected = createHmac("sha256", "pepper-of-the-tests-0123456789")
      .update(`tallystick email\0${address}`)
      .digest("base64url");
    expect(hashes.email(address)).toBe(expected);
  });

  it("name a pepper by HMAC-SHA-256 as well, whoever computes it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), (pepper) => {
        const expected = createHmac("sha256", pepper).update("tallystick pepper\0id").digest("base64url");
        expect(createHashes(pepper).pepperId).toBe(expected.slice(0, 12));
      }),
    );
  });

  it.each([
    [" Ann@Acme.Example ", "ann@acme.example"],
    ["ann@bücher.example", "ann@xn--bcher-kva.example"],
    ["ann@BÜCHER.example", "ann@xn--bcher-kva.example"],
    ["Jose\u0301@acme.example", "jos\u00e9@acme.example"],
  ])("take %j and %j for one address", (one, other) => {
    expect(hashes.email(one)).toBe(hashes.email(other));
  });

  it("tell dots and plus signs apart", () => {
    expect(hashes.email("a.nn@acme.example")).not.toBe(hashes.email("ann@acme.example"));
    expect(hashes.email("ann+x@acme.example")).not.toBe(hashes.email("ann@acme.example"));
  });

  it("trim a licence and keep its case", () => {
    expect(hashes.licence(" AAAA-1 ")).toBe(hashes.licence("AAAA-1"));
    expect(hashes.licence("aaaa-1")).not.toBe(hashes.licence("AAAA-1"));
  });

  it("take all spellings of a loose licence for one, and never for an exact one", () => {
    for (const typed of ["aaaa-1", " AAAA 1", "AAAA\u20131", "Aaaa\u00a01"])
      expect(hashes.looseLicence(typed)).toBe(hashes.looseLicence("AAAA1"));
    expect(hashes.looseLicence("AAAA2")).not.toBe(hashes.looseLicence("AAAA1"));
    expect(hashes.looseLicence("--")).not.toBe(hashes.looseLicence("-"));
    expect(hashes.looseLicence("AAAA1")).not.toBe(hashes.licence("AAAA1"));
  });

  it("of licences begin as their starts say", () => {
    const hashes = createHashes("a pepper of the tests' own");
    for (const licence of ["AAAA-BBBB", " PAINT-0001 ", "größe"])
      expect(hashes.licenceStart(licence)).toBe(startOfLicenceHash(hashes.licence(licence)));
    for (const licence of ["AAAA-BBBB", " paint-0001 ", "größe"])
      expect(hashes.looseLicenceStart(licence)).toBe(startOfLicenceHash(hashes.looseLicence(licence)));
  });

  it("differ between the kinds and between peppers", () => {
    expect(hashes.licence("x")).not.toBe(hashes.email("x"));
    expect(createHashes("another pepper").licence("x")).not.toBe(hashes.licence("x"));
  });

  it("normalise once: a normalised address stays as it is, and none throws", () => {
    const address = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }))
        .map((parts) => parts.join("@")),
    );
    fc.assert(fc.property(address, (text) => normalizeEmail(normalizeEmail(text)) === normalizeEmail(text)));
  });
});
