import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moments } from "./moments.ts";

const zoneBefore = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

const at = (id: string, facts: { expiresAt: number; now: number }): string => {
  const moment = moments.find((one) => one.id === id);
  return new Date(moment?.at(facts) ?? Number.NaN).toISOString();
};

describe("the time strip", () => {
  test("counts calendar days over the night that clocks go back", () => {
    const expiresAt = Date.parse("2027-11-21T23:30:00+01:00");
    expect(at("30-days-before", { expiresAt, now: 0 })).toBe("2027-10-22T21:30:00.000Z");
    expect(at("in-grace", { expiresAt, now: 0 })).toBe("2027-11-24T22:30:00.000Z");
  });

  test("a day later is 24 hours at least, so that a snooze of a day has ended", () => {
    const now = Date.parse("2027-03-27T12:00:00+01:00");
    expect(at("next-day", { expiresAt: 0, now })).toBe("2027-03-28T11:00:00.000Z");
  });
});
