import { describe, expect, test } from "vitest";
import { priceText, readAmount, taxOf } from "./plan.ts";

describe("prices", () => {
  test.each([
    ["12", 1200],
    ["12.5", 1250],
    [" 12,50 ", 1250],
    ["0.01", 1],
    ["", undefined],
    ["1.234", undefined],
    ["-1", undefined],
    ["1e3", undefined],
    ["12345678", undefined],
  ])("reads the typed amount %j as %j minor units", (text, minor) => {
    expect(readAmount(text)).toBe(minor);
  });

  test("tax stays whole in minor units", () => {
    expect([taxOf(4000), taxOf(7200), taxOf(1), taxOf(3)]).toEqual([800, 1440, 0, 1]);
    expect(priceText(4800)).toBe("€48.00");
  });
});
