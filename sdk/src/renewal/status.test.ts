import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, zoneCalendar } from "./calendar.ts";
import type { Licence } from "./licence.ts";
import { type RenewalFacts, renewalStatus } from "./status.ts";

const licence: Licence = { id: "AAAA", expiresAt: "2027-11-21T00:00:00Z" };
const utc = zoneCalendar("UTC");

function statusAt(time: string, change: Partial<Licence> = {}, facts: Partial<RenewalFacts> = {}) {
  const now = Date.parse(time);
  const term = { ...licence, ...change };
  return renewalStatus({ licence: term, now, lastSeenAt: 0, graceDays: 14, calendar: utc, ...facts });
}

describe("renewalStatus", () => {
  it.each([
    ["2027-10-21T23:59:59Z", "active", 31],
    ["2027-10-22T00:00:00Z", "expiring", 30],
    ["2027-11-14T00:00:00Z", "expiring", 7],
    ["2027-11-14T23:00:00Z", "expiring", 7],
    ["2027-11-20T23:59:59Z", "expiring", 1],
    ["2027-11-21T00:00:00Z", "inGrace", 0],
    ["2027-12-05T23:59:59Z", "inGrace", 0],
    ["2027-12-06T00:00:00Z", "expired", 0],
  ])("is at %s %s with %i days left", (time, state, daysRemaining) => {
    expect(statusAt(time)).toMatchObject({ state, daysRemaining, graceEndsAt: "2027-12-06T00:00:00.000Z" });
  });

  it("is unknown without a licence and perpetual without an end", () => {
    const nothing = { daysRemaining: null, graceEndsAt: null, willRenew: false, clockSetBack: false };
    expect(statusAt("2027-01-01", {}, { licence: null })).toEqual({ state: "unknown", ...nothing });
    expect(statusAt("2027-01-01", { expiresAt: null })).toEqual({ state: "perpetual", ...nothing });
  });

  it("stays active near the end of a licence that renews by itself", () => {
    expect(statusAt("2027-11-20", { willRenew: true }).state).toBe("active");
    expect(statusAt("2027-11-20", { willRenew: true, billingProblem: true }).state).toBe("expiring");
  });

  it("does not say that an automatic renewal failed before 24 hours have passed", () => {
    expect(statusAt("2027-11-21T23:59:59Z", { willRenew: true }).state).toBe("active");
    expect(statusAt("2027-11-22T00:00:00Z", { willRenew: true }).state).toBe("inGrace");
    expect(statusAt("2027-11-21T23:59:59Z", { willRenew: true }, { graceDays: 0 }).state).toBe("active");
    expect(statusAt("2027-11-22T00:00:00Z", { willRenew: true }, { graceDays: 0 }).state).toBe("expired");
  });

  it("knows no grace when there are no grace days", () => {
    expect(statusAt("2027-11-21T00:00:00Z", {}, { graceDays: 0 }).state).toBe("expired");
  });

  it.each([
    ["Pacific/Kiritimati", "2027-11-20T10:00:00Z", 0], // there it is the 21st since 10:00 UTC
    ["Pacific/Kiritimati", "2027-11-20T09:59:59Z", 1],
    ["America/Los_Angeles", "2027-11-20T07:59:59Z", 1], // there the end is the 20th at 16:00
    ["America/Los_Angeles", "2027-11-20T08:00:00Z", 0],
  ])("counts the days of the customer's calendar in %s at %s", (zone, time, daysRemaining) => {
    expect(statusAt(time, {}, { calendar: zoneCalendar(zone) }).daysRemaining).toBe(daysRemaining);
  });

  it.each(["Europe/Berlin", "America/Los_Angeles"])(
    "counts days of 23 and 25 hours as days in %s",
    (zone) => {
      const calendar = zoneCalendar(zone);
      for (const [expiresAt, first] of [
        ["2027-04-10", "2027-03-10"],
        ["2027-11-20", "2027-10-20"],
      ] as const) {
        const start = Date.parse(first) / dayMs;
        for (let day = 0; day <= 31; day += 1) {
          const noon = new Date(calendar.startOf(start + day) + dayMs / 2).toISOString();
          expect(statusAt(noon, { expiresAt }, { calendar }).daysRemaining).toBe(31 - day);
        }
      }
    },
  );

  it("never says that a licence has ended before its last instant, in any zone", () => {
    const zone = fc.constantFrom(
      "Pacific/Kiritimati",
      "America/Los_Angeles",
      "Pacific/Niue",
      "Europe/Berlin",
    );
    const moment = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2028-12-31") });
    fc.assert(
      fc.property(zone, moment, fc.nat(60 * dayMs), (name, end, before) => {
        const facts = { calendar: zoneCalendar(name) };
        const expiresAt = new Date(end).toISOString();
        const { state } = statusAt(new Date(end - before - 1).toISOString(), { expiresAt }, facts);
        expect(["active", "expiring"]).toContain(state);
        expect(statusAt(new Date(end).toISOString(), { expiresAt }, facts).state).toBe("inGrace");
      }),
      { numRuns: 200 },
    );
  });

  it("notices a clock set back and counts by the latest time seen", () => {
    const lastSeenAt = Date.parse("2027-12-01T00:00:00Z");
    expect(statusAt("2027-01-01", {}, { lastSeenAt })).toMatchObject({
      state: "inGrace",
      clockSetBack: true,
    });
  });

  it("does not call a clock set back for less than a day", () => {
    const lastSeenAt = Date.parse("2027-01-01T14:00:00Z");
    expect(statusAt("2027-01-01T00:00:00Z", {}, { lastSeenAt }).clockSetBack).toBe(false);
  });
});
