import { describe, expect, it } from "vitest";
import { isCurrencyCode } from "./currency-code.ts";
import { noCurrency } from "./ids.ts";
import { minorDigits } from "./money.ts";

describe("a currency's code", () => {
  it.each(["EUR", "JPY", "KWD", "CLF", "UYW", "ZWG", "HRK"])("is %s", (code) => {
    expect(isCurrencyCode(code)).toBe(true);
  });

  it.each(["XYZ", "EUT", "ABC", noCurrency, "XTS", "eur", "EU", "EURO", "", "€"])("is not %j", (code) => {
    expect(isCurrencyCode(code)).toBe(false);
  });

  it("is every one of which amounts have other digits than two", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const all = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
    const special = all.filter((code) => minorDigits(code) !== 2);
    expect(special.length).toBeGreaterThan(20);
    expect(special.filter((code) => !isCurrencyCode(code))).toEqual([]);
  });
});
