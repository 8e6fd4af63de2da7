import { describe, expect, test } from "vitest";
import { pastMonths, quarterEndingWith } from "./calendar.ts";

const noon = Date.UTC(2026, 10, 30, 12);

describe("the months of the past", () => {
  test("are whole, but for the current one, and touch each other", () => {
    const months = pastMonths(noon, 12);
    expect(months.map(({ name }) => name)).toEqual([
      ...["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"],
      ...["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"],
    ]);
    for (const [index, { until }] of months.entries()) expect(until).toBe(months[index + 1]?.from ?? noon);
  });

  test("end quarters where they do", () => {
    expect(pastMonths(noon, 5).map(quarterEndingWith)).toEqual([
      "2026-Q2",
      ...[undefined, undefined, "2026-Q3"],
      ...[undefined, undefined],
    ]);
  });
});
