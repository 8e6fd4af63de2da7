import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasLatinLetters, latinText } from "./latin-text.ts";

describe("a text for a bank", () => {
  it.each([
    ["Nordlicht Vertrieb GmbH", "Nordlicht Vertrieb GmbH"],
    ["Żółć & Søn — Größe", "Zolc + Son - Grosse"],
    ["Café «L’Été»; [Lyon]", "Cafe .L'Ete., (Lyon)"],
    ["Łódź Œuvre Þór", "Lodz OEuvre THor"],
    ["Щедрик Іван", "Shchedrik Ivan"],
    ["Ψωμί Αθήνα", "Psomi Athina"],
    ["a//b  c", "a/b c"],
    ["/leading and trailing/ ", "leading and trailing"],
    ["ﬁne １２", "fine 12"],
    ["<script>", ".script."],
  ])("%s is written %s", (text, written) => {
    expect(latinText(text, 140)).toBe(written);
  });

  it("has the characters that all banks take, and no more of them than fit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 70 }), (text, most) => {
        const written = latinText(text, most);
        expect(written).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
        expect(written.length).toBeLessThanOrEqual(most);
        expect(written).not.toMatch(/^[ /]|[ /]$|\/\//);
      }),
    );
  });

  it("is none where no letter has a spelling", () => {
    expect(hasLatinLetters("株式会社北")).toBe(false);
    expect(hasLatinLetters("شركة الشمال")).toBe(false);
    expect(hasLatinLetters("株式会社 Kita")).toBe(true);
  });
});
