import { describe, expect, it } from "vitest";
import { formatMoney, formatTime } from "./amounts-and-times.ts";
import { formatTable, withinWidth } from "./table.ts";

const columns = [
  { heading: "name", of: (row: [string, number | null]) => row[0] },
  { heading: "count", of: (row: [string, number | null]) => row[1], align: "right" as const },
];

describe("what a person reads", () => {
  it("stands in aligned columns, numbers to the right, what is absent as a hyphen", () => {
    const rows: [string, number | null][] = [
      ["north", 5],
      ["日本", null],
      ["a", 1200],
    ];
    expect(formatTable(columns, rows)).toBe("NAME   COUNT\nnorth      5\n日本       -\na       1200\n");
  });

  it("is fitted into the terminal: words are broken apart, a number stays beside its unit", () => {
    const wide = [
      { heading: "why", of: (row: readonly [string, string]) => row[0] },
      { heading: "net", of: (row: readonly [string, string]) => row[1], align: "right" as const },
    ];
    const rows = [["the click came first", "1.00 EUR"]] as const;
    const table = (width?: number) => withinWidth(width, () => formatTable(wide, rows));
    expect(table(30)).toBe("WHY                        NET\nthe click came first  1.00 EUR\n");
    expect(table(20)).toBe("WHY              NET\nthe click   1.00 EUR\ncame first\n");
    expect(table(12)).toBe("WHY  the click came first\nNET  1.00 EUR\n");
    expect(table(undefined)).toBe(table(30));
  });

  it("cannot steer the terminal", () => {
    expect(formatTable(columns, [["a\u001b[2Jb\u202ec", 1]])).toContain("a?[2Jb?c");
  });

  it.each([
    [123456, "EUR", "1,234.56 EUR"],
    [-5, "EUR", "-0.05 EUR"],
    [123456, "JPY", "123,456 JPY"],
    [1234567, "KWD", "1,234.567 KWD"],
    [100, "EUR", "1.00 EUR"],
  ])("has %i minor units of %s as %s", (amountMinor, currency, words) => {
    expect(formatMoney(amountMinor, currency)).toBe(words);
  });

  it("has times in UTC", () => {
    expect(formatTime("2026-11-21T12:00:05.123Z")).toBe("2026-11-21 12:00:05 UTC");
  });
});
