import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  completeVoucherCode,
  groupVoucherCode,
  readVoucherCode,
  symbolOf,
  voucherCodeLength,
} from "./voucher-code.ts";

const values = Array.from({ length: 32 }, (_, value) => value);
const anyCode = fc
  .array(fc.constantFrom(...values), { minLength: 19, maxLength: 19 })
  .map((body) => completeVoucherCode(body.map(symbolOf).join("")));

const changed = (code: string, at: number, to: string) => code.slice(0, at) + to + code.slice(at + 1);

/** The code with two characters exchanged; undefined when they are the same. */
function exchanged(code: string, a: number, b: number): string | undefined {
  const [first = "", second = ""] = [code.charAt(a), code.charAt(b)];
  return first === second ? undefined : changed(changed(code, a, second), b, first);
}

const places = Array.from({ length: voucherCodeLength }, (_, place) => place);
const pairs = places.flatMap((a) => places.slice(a + 1).map((b) => [a, b] as const));

describe("a voucher's code", () => {
  it("has 20 characters of 32, none of which looks like another", () => {
    expect(values.map(symbolOf).join("")).toBe("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    expect(groupVoucherCode(completeVoucherCode("0123456789ABCDEFGHJ"))).toBe("0123-4567-89AB-CDEF-GHJT");
  });

  it.each([
    ["small letters", "0123-4567-89ab-cdef-ghjt"],
    ["without hyphens", "0123456789ABCDEFGHJT"],
    ["with spaces, dashes and line breaks", " 0123 – 4567\n89AB\u00a0CDEF—GHJT\t"],
    ["with invisible characters", "\ufeff0123\u200b456789AB\u00adCDEFGHJT"],
    ["with O, I and L for digits", "oL23-4567-89ab-cdef-ghjt"],
    ["with i for 1", "Oi23-4567-89ab-cdef-ghjt"],
  ])("is read %s", (_how, text) => {
    expect(readVoucherCode(text)).toBe("0123456789ABCDEFGHJT");
  });

  it.each([
    ["nothing", ""],
    ["too short", "0123-4567-89AB-CDEF-GHJ"],
    ["too long", "0123-4567-89AB-CDEF-GHJT-0"],
    ["a character that is not used", "U123-4567-89AB-CDEF-GHJT"],
    ["another script", "٠123-4567-89AB-CDEF-GHJT"],
    ["far too long", "-".repeat(201)],
  ])("is not read from %s", (_what, text) => {
    expect(readVoucherCode(text)).toBeUndefined();
  });

  it("is refused with any single character wrong", () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(readVoucherCode(code)).toBe(code);
        for (const at of places)
          for (const symbol of values.map(symbolOf))
            if (symbol !== code[at]) expect(readVoucherCode(changed(code, at, symbol))).toBeUndefined();
      }),
      { numRuns: 5 },
    );
  });

  it("is refused with any two characters exchanged, neighbours or not", () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        for (const [a, b] of pairs) {
          const wrong = exchanged(code, a, b);
          if (wrong !== undefined) expect(readVoucherCode(wrong)).toBeUndefined();
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is checked by a linear sum, so that these cases are all cases", () => {
    fc.assert(
      fc.property(anyCode, anyCode, (a, b) => {
        const sum = [...a].map((one, at) => symbolOf(numberOf(one) ^ numberOf(b.charAt(at)))).join("");
        expect(readVoucherCode(sum)).toBe(sum);
      }),
    );
    // An error adds its difference to a code: it is noticed when the difference, as a code, is refused.
    const zeros = "0".repeat(voucherCodeLength);
    for (const value of values.slice(1)) {
      const symbol = symbolOf(value);
      for (const at of places) expect(readVoucherCode(changed(zeros, at, symbol))).toBeUndefined();
      for (const [a, b] of pairs)
        expect(readVoucherCode(changed(changed(zeros, a, symbol), b, symbol))).toBeUndefined();
    }
  });

  it("is completed from 19 characters of the alphabet alone", () => {
    for (const wrong of ["", "0".repeat(18), "0".repeat(20), `${"0".repeat(18)}U`])
      expect(() => completeVoucherCode(wrong)).toThrow(RangeError);
  });
});

const numberOf = (symbol: string) => values.map(symbolOf).indexOf(symbol);
