import { describe, expect, it } from "vitest";
import { createProduct } from "../../testing/product.ts";
import { createSigner } from "../../testing/signer.ts";
import { dueNotices, type NoticeOptions } from "./due-notices.ts";
import { memberStates, noticeProfiles } from "./notice-profiles.ts";

const signer = await createSigner();

/** The duties of a day, by their ids, for a licence that runs through 20 November 2027. */
function duties(day: string, options: NoticeOptions, licence: object = { willRenew: true }) {
  const { renewal, clock } = createProduct(signer);
  clock.now = Date.parse(`${day}T12:00:00Z`);
  renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-20", ...licence });
  return dueNotices(renewal, options).map(({ id }) => id);
}

describe("dueNotices", () => {
  it.each([
    ["2027-10-05", []],
    ["2027-10-06", ["us-ca-before-renewal"]],
    ["2027-11-05", ["us-ca-before-renewal"]],
    ["2027-11-06", []],
  ])("wants the notice of California 45 to 15 days before the end: %s", (day, expected) => {
    expect(duties(day, { country: "US-CA" })).toEqual(expected);
    expect(duties(day, { country: "US-CA", termBeganOn: "2026-11-21" })).toEqual(
      expect.arrayContaining(expected),
    );
  });

  it("wants none for a term of a month, and none where nothing renews by itself", () => {
    const day = "2027-10-30";
    expect(duties(day, { country: "US-CA", termBeganOn: "2027-10-21" })).toEqual([]);
    expect(duties(day, { country: "US-CA" }, { willRenew: false })).toEqual([]);
    expect(duties(day, { country: "US-NY" })).toEqual([]);
  });

  it.each([
    ["2027-10-21", []],
    ["2027-10-22", ["us-ca-annual-reminder"]],
    ["2027-11-21", ["us-ca-annual-reminder"]],
  ])("wants the annual reminder before each anniversary: %s", (day, expected) => {
    const found = duties(
      day,
      { country: "US-CA", termBeganOn: "2026-11-21" },
      { willRenew: true, expiresAt: "2029-11-20" },
    );
    expect(found).toEqual(expected);
  });

  it("has the duties of the European Union for each of its countries", () => {
    const options = { termBeganOn: "2026-11-21" };
    for (const country of memberStates) {
      expect(duties("2026-12-05", { country, ...options })).toContain("eu-withdrawal-function");
      expect(duties("2026-12-06", { country, ...options })).not.toContain("eu-withdrawal-function");
    }
    expect(memberStates).toHaveLength(27);
    expect(duties("2026-12-05", { country: "DE", ...options })).toContain("de-cancellation-button");
    expect(duties("2026-12-05", { country: "CH", ...options })).toEqual([]);
  });

  it("names what is expected only when it is asked for, and nothing before it was in force", () => {
    expect(duties("2027-11-10", { country: "GB" })).toEqual([]);
    expect(duties("2027-11-10", { country: "GB", expected: true })).toEqual(["gb-before-renewal"]);
    const licence = { expiresAt: "2026-06-25", willRenew: true };
    expect(duties("2026-06-18", { country: "IT", termBeganOn: "2026-06-10" }, licence)).toEqual([]);
    expect(duties("2026-06-19", { country: "IT", termBeganOn: "2026-06-10" }, licence)).toEqual([
      "eu-withdrawal-function",
    ]);
  });

  it("says from when until when, by which law, and when it was looked up", () => {
    const { renewal, clock } = createProduct(signer);
    clock.now = Date.parse("2027-10-10T12:00:00Z");
    renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-20", willRenew: true });
    expect(dueNotices(renewal, { country: "FR" })).toEqual([
      expect.objectContaining({
        id: "fr-before-renewal",
        from: "2027-08-20",
        until: "2027-10-21",
        by: "message",
      }),
    ]);
    for (const { source, checkedOn, checkedAt, inForceSince } of noticeProfiles) {
      expect(source).toMatch(/^https:\/\//);
      expect(checkedAt === null).toBe(checkedOn === null);
      expect(checkedAt ?? source).toMatch(/^https:\/\//);
      for (const day of [checkedOn, inForceSince]) expect(day ?? "2026-01-01").toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it("knows no duty that nobody has looked up", () => {
    const unchecked = noticeProfiles.filter(({ checkedOn }) => checkedOn === null).map(({ id }) => id);
    expect(unchecked).toEqual([]);
  });

  it("takes a vendor's own list", () => {
    const [profile] = noticeProfiles;
    if (profile === undefined) throw new Error("there are profiles");
    const profiles = [{ ...profile, id: "own", country: "US-NY" }];
    expect(duties("2027-10-10", { country: "US-NY", profiles })).toEqual(["own"]);
  });
});
