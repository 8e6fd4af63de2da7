import { describe, expect, it } from "vitest";
import { zoneCalendar } from "./calendar.ts";
import { readLicence, readTerm } from "./licence.ts";

const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" };

describe("readLicence", () => {
  it("fills in what was not said", () => {
    expect(readLicence(licence)).toEqual({ ...licence, willRenew: false, billingProblem: false });
  });

  it.each(["2027-11-21", "2027-11-21T23:59:59+14:00", "2028-02-29T10:00Z", "2027-11-21T10:00:00.123Z"])(
    "takes %s as an end",
    (expiresAt) => expect(readLicence({ ...licence, expiresAt })).toBeDefined(),
  );

  it.each([
    ["a time without an offset", { expiresAt: "2027-11-21T00:00:00" }],
    ["a day that is not there", { expiresAt: "2027-02-30" }],
    ["a month that is not there", { expiresAt: "2027-13-01T00:00:00Z" }],
    ["words", { expiresAt: "tomorrow" }],
    ["a number", { expiresAt: 1795262400 }],
    ["no end at all", { expiresAt: undefined }],
    ["an empty id", { id: "" }],
    ["an id with a line end", { id: "a\nb" }],
    ["an id of 257 characters", { id: "a".repeat(257) }],
    ["a flag that is a word", { willRenew: "yes" }],
    ["an address that is a number", { email: 1 }],
  ])("refuses %s", (_, change) => {
    expect(readLicence({ ...licence, ...change })).toBeUndefined();
  });

  it.each([null, undefined, "x", 1])("refuses %j", (value) => expect(readLicence(value)).toBeUndefined());
});

describe("readTerm", () => {
  it("lets a date last through that day where the customer is", () => {
    const dated = { id: "a", expiresAt: "2027-11-21" };
    const ends = (zone: string) => {
      const term = readTerm(dated, zoneCalendar(zone));
      return term && new Date(term.expiresAtMs).toISOString();
    };
    expect(ends("Pacific/Kiritimati")).toBe("2027-11-21T10:00:00.000Z");
    expect(ends("America/Los_Angeles")).toBe("2027-11-22T08:00:00.000Z");
  });

  it("is null for a perpetual licence", () => {
    expect(readTerm({ id: "a", expiresAt: null }, zoneCalendar("UTC"))).toBeNull();
  });
});
