import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrastOf, readableColour } from "./colour.ts";

const light = ["#f6f4ef", "#ffffff"];
const dark = ["#16191d", "#1f2429"];
const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("a vendor's colour", () => {
  test("is measured as WCAG 2.2 does", () => {
    expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  test("stays as it is where it can be read", () => {
    expect(readableColour("#9c3616", light)).toBe("#9c3616");
    expect(readableColour("#F4A17F", dark)).toBe("#f4a17f");
  });

  test("can be read on every background, whatever it is", () => {
    fc.assert(
      fc.property(colour, fc.constantFrom(light, dark), (color, backgrounds) => {
        const shaded = readableColour(color, backgrounds);
        for (const behind of backgrounds) expect(contrastOf(shaded, behind)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
