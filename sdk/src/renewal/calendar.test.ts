import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { dayMs, systemCalendar, zoneCalendar } from "./calendar.ts";

const machineZone = process.env.TZ;
afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
});

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/Los_Angeles",
  "Pacific/Kiritimati",
  "Pacific/Apia",
  "America/Santiago",
  "Asia/Kathmandu",
];
const day = (text: string) => Date.parse(text) / dayMs;

describe("calendar", () => {
  it.each(zones)("counts days in %s the same from the machine and from Intl", (zone) => {
    process.env.TZ = zone;
    const named = zoneCalendar(zone);
    const instant = fc.integer({ min: Date.parse("2015-01-01"), max: Date.parse("2040-01-01") });
    fc.assert(
      fc.property(instant, (moment) => {
        expect(systemCalendar.dayOf(moment)).toBe(named.dayOf(moment));
        const local = systemCalendar.dayOf(moment);
        expect(systemCalendar.startOf(local)).toBe(named.startOf(local));
      }),
      { numRuns: 100 },
    );
  });

  it.each(zones)("starts each day in %s at its first instant", (zone) => {
    const { dayOf, startOf } = zoneCalendar(zone);
    fc.assert(
      fc.property(fc.integer({ min: day("2015-01-01"), max: day("2040-01-01") }), (local) => {
        expect(dayOf(startOf(local))).toBe(local);
        expect(dayOf(startOf(local) - 1)).toBe(local - 1);
      }),
      { numRuns: 100 },
    );
  });

  it("starts a day at one o'clock where the clocks jump over midnight", () => {
    const { startOf } = zoneCalendar("America/Santiago");
    expect(new Date(startOf(day("2026-09-06"))).toISOString()).toBe("2026-09-06T04:00:00.000Z");
  });

  it("has days of 23 and of 25 hours", () => {
    const { startOf } = zoneCalendar("Europe/Berlin");
    const hours = (text: string) => (startOf(day(text) + 1) - startOf(day(text))) / 3_600_000;
    expect([hours("2027-03-28"), hours("2027-10-31"), hours("2027-06-01")]).toEqual([23, 25, 24]);
  });

  it("throws for a zone that does not exist", () => {
    expect(() => zoneCalendar("Mars/Olympus")).toThrow(RangeError);
  });
});
