import { describe, expect, it } from "vitest";
import { decimalOf, minorDigits, minorOf, shareMinor } from "./money.ts";

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
    [1250, "HUF", "12.50"],
    [1250, "ISK", "1250"],
    [12_500, "CLF", "1.2500"],
  ])("writes %d %s as %s", (amount, currency, text) => {
    expect(decimalOf(amount, currency)).toBe(text);
  });

  it("takes two digits for a code that is no currency", () => {
    expect(minorDigits("???")).toBe(2);
  });
});

describe("minorOf", () => {
  it.each([
    ["12.50", "EUR", 1250],
    ["12.5", "EUR", 1250],
    ["12", "EUR", 1200],
    ["-0.05", "EUR", -5],
    ["100.000", "EUR", 10_000],
    ["0.29", "USD", 29],
    ["1250", "JPY", 1250],
    ["1250.00", "JPY", 1250],
    ["1.25", "KWD", 1250],
    ["1.19E2", "EUR", 11_900],
    ["1.234567E+7", "EUR", 1_234_567_000],
    ["119e-1", "EUR", 1190],
    ["-0.00", "EUR", 0],
    ["90071992547409.91", "EUR", 9_007_199_254_740_991],
  ])("reads %s %s as %d", (text, currency, amountMinor) => {
    expect(minorOf(text, currency)).toBe(amountMinor);
  });

  it.each([
    ["12.505", "EUR"],
    ["0.5", "JPY"],
    ["90071992547409.92", "EUR"],
    ["1e99", "EUR"],
    ["1e-99", "EUR"],
    ["1e100", "EUR"],
    [`1.${"0".repeat(40)}`, "EUR"],
    ["1,50", "EUR"],
    ["01.50", "EUR"],
    [".5", "EUR"],
    ["5.", "EUR"],
    ["+5", "EUR"],
    ["", "EUR"],
    ["NaN", "EUR"],
    ["\u0661", "EUR"],
  ])("finds no amount in %j %s", (text, currency) => {
    expect(minorOf(text, currency)).toBeUndefined();
  });

  it.each([
    ["12.505", "EUR", 1251],
    ["12.5049999", "EUR", 1250],
    ["-12.505", "EUR", -1251],
    ["54.980000000000004", "USD", 5498],
    ["1249.5", "JPY", 1250],
    ["12.50", "EUR", 1250],
    ["1e-9", "EUR", 0],
  ])("rounds %s %s to %d where that is asked for", (text, currency, amountMinor) => {
    expect(minorOf(text, currency, { rounded: true })).toBe(amountMinor);
  });

  it("reads what decimalOf writes", () => {
    for (const currency of ["EUR", "JPY", "KWD", "CLF"])
      for (const amount of [0, 1, -1, 99, 100, 123_456_789]) {
        expect(minorOf(decimalOf(amount, currency), currency)).toBe(amount);
      }
  });
});
