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

  it("goes on below where the terminal is narrow: nothing is cut, numbers stay whole", () => {
    const rows: [string, number | null][] = [["a reseller with a long name", 1234567]];
    const text = withinWidth(24, () => formatTable(columns, rows));
    expect(text).toBe("NAME               COUNT\na reseller       1234567\nwith a long\nname\n");
    expect(withinWidth(80, () => formatTable(columns, rows))).toBe(formatTable(columns, rows));
    const id = "po_0mh8l5x2k0123456789abcdef0123";
    const broken = withinWidth(24, () => formatTable(columns, [[id, 1]]));
    const [, ...lines] = broken.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, 17).trim()).join("")).toBe(id);
    expect(Math.max(...broken.split("\n").map((line) => line.length))).toBeLessThanOrEqual(24);
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
