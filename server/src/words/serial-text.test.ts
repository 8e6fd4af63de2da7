import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeSerial, readOpenNumber } from "./serial-text.ts";

describe("a serial's one spelling", () => {
  it.each([
    ["AB-CD-EF", "ABCDEF"],
    ["  ab cd ef \t", "ABCDEF"],
    ["ab\u2011cd\u2013ef", "ABCDEF"],
    ["ab\u00a0cd", "ABCD"],
    ["ab_c.d+/=:#*", "AB_C.D+/=:#*"],
    ["Cafe\u0301", "CAF\u00c9"],
    ["ключ-1234", "КЛЮЧ1234"],
    ["0001234", "0001234"],
  ])("of %j is %j", (typed, one) => {
    expect(normalizeSerial(typed)).toBe(one);
  });

  it.each([
    ["too short", "A-B-C"],
    ["nothing", ""],
    ["too long", "A".repeat(65)],
    ["long beyond hyphens", `A${"-".repeat(128)}BCD`],
    ["an escape", "ABCD\u001b[2J"],
    ["a NUL", "ABCD\0"],
    ["half a pair", "ABCD\ud800"],
    ["a replacement for what was no UTF-8", "ABCD\ufffd"],
    ["an invisible direction", "ABCD\u202e"],
    ["a comma", "ABCD,EFGH"],
    ["a quotation mark", 'ABCD"'],
  ])("is none for %s", (_what, typed) => {
    expect(normalizeSerial(typed)).toBeUndefined();
  });

  it("of a spelling is itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        const one = normalizeSerial(text);
        if (one !== undefined) expect(normalizeSerial(one)).toBe(one);
      }),
    );
  });

  it("is the same in capitals and with a hyphen anywhere", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{8,40}$/), fc.nat(40), (text, at) => {
        const typed = `${text.slice(0, at)}-${text.slice(at)}`;
        expect(normalizeSerial(typed)).toBe(text.toUpperCase());
      }),
    );
  });
});

describe("an open number", () => {
  it.each([
    ["1000123", 1_000_123],
    [" 0001 ", 1],
    ["0", 0],
    ["999999999999999", 999_999_999_999_999],
  ])("%j is %d", (text, number) => {
    expect(readOpenNumber(text)).toBe(number);
  });

  it.each(["", "-1", "1.5", "1e3", "0x10", "1_000", "9".repeat(16), "١٢٣"])("%j is none", (text) => {
    expect(readOpenNumber(text)).toBeUndefined();
  });
});
