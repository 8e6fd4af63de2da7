import { describe, expect, it } from "vitest";
import { isoTime } from "./clock.ts";
import { readPeriod } from "./period.ts";

describe("readPeriod", () => {
  it.each([
    ["2026-11", "2026-11-01", "2026-12-01"],
    ["2026-12", "2026-12-01", "2027-01-01"],
    ["2026-Q1", "2026-01-01", "2026-04-01"],
    ["2026-Q4", "2026-10-01", "2027-01-01"],
    ["2028", "2028-01-01", "2029-01-01"],
  ])("reads %s as from %s until before %s", (text, from, until) => {
    const period = readPeriod(text);
    expect(period?.name).toBe(text);
    expect([isoTime(period?.from ?? (0 as never)), isoTime(period?.until ?? (0 as never))]).toEqual([
      `${from}T00:00:00.000Z`,
      `${until}T00:00:00.000Z`,
    ]);
  });

  it.each(["", "2026-13", "2026-00", "2026-Q5", "2026-1", "1999", "2026-11-01", " 2026", "2026-q1"])(
    "finds no period in %j",
    (text) => {
      expect(readPeriod(text)).toBeUndefined();
    },
  );
});
