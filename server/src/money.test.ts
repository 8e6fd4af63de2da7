import { describe, expect, it } from "vitest";
import { decimalOf, minorDigits, shareMinor } from "./money.ts";

describe("shareMinor", () => {
  it.each([
    [10_000, 2000, 10_000, 2000],
    [4999, 2000, 10_000, 1000],
    [25, 1000, 10_000, 3],
    [24, 1000, 10_000, 2],
    [0, 2000, 10_000, 0],
    [-25, 1000, 10_000, -3],
    [9_007_199_254_740_991, 9999, 10_000, 9_006_298_534_815_517],
  ])("gives the share of %d that is %d of %d as %d", (amount, part, whole, share) => {
    expect(shareMinor(amount, part, whole)).toBe(share);
  });

  it("refuses a share of nothing", () => {
    expect(() => shareMinor(1, 1, 0)).toThrow(RangeError);
  });
});

describe("decimalOf", () => {
  it.each([
    [1250, "EUR", "12.50"],
    [-5, "EUR", "-0.05"],
    [1250, "JPY", "1250"],
    [1250, "KWD", "1.250"],
  ])("writes %d %s as %s", (amount, currency, text) => {
    expect(decimalOf(amount, currency)).toBe(text);
  });

  it("takes two digits for a code that is no currency", () => {
    expect(minorDigits("???")).toBe(2);
  });
});
