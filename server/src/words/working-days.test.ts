import { describe, expect, it } from "vitest";
import { instant, isoTime } from "./clock.ts";
import { afterWorkingDays } from "./working-days.ts";

describe("working days", () => {
  it.each([
    ["2026-11-23T09:00:00Z", 1, [], "2026-11-24"],
    ["2026-11-20T09:00:00Z", 1, [], "2026-11-23"],
    ["2026-11-21T09:00:00Z", 1, [], "2026-11-23"],
    ["2026-11-20T23:59:59Z", 10, [], "2026-12-04"],
    ["2026-12-23T09:00:00Z", 2, ["2026-12-24", "2026-12-25"], "2026-12-29"],
    ["2026-11-21T09:00:00Z", 0, [], "2026-11-21"],
  ])("from %s %i later, without %j, end on %s", (from, days, holidays, until) => {
    const end = afterWorkingDays(instant(Date.parse(from)), days, holidays);
    expect(isoTime(end)).toBe(`${until}T23:59:59.000Z`);
  });
});
