import { describe, expect, it } from "vitest";
import { dayMs, zoneCalendar } from "./calendar.ts";
import { afterShown, afterSnooze } from "./history.ts";
import type { Licence } from "./licence.ts";
import { currentStage, dueReminder, emptyHistory, type ReminderHistory } from "./reminder.ts";
import type { SnoozeOption } from "./snooze.ts";
import type { RenewalFacts } from "./status.ts";

const licence: Licence = { id: "AAAA", expiresAt: "2027-11-21T15:00:00Z" };
const utc = zoneCalendar("UTC");

function factsAt(time: string | number, change: Partial<RenewalFacts> = {}): RenewalFacts {
  return { licence, now: new Date(time).getTime(), lastSeenAt: 0, graceDays: 14, calendar: utc, ...change };
}

const fresh = emptyHistory(licence);
const stageOf = (facts: RenewalFacts, history = fresh) => dueReminder(facts, history, false)?.stage ?? null;

function current(facts: RenewalFacts) {
  const found = currentStage(facts);
  if (found === null) throw new Error("no stage");
  return found;
}

const shown = (facts: RenewalFacts, history = fresh) => afterShown(facts, history, current(facts));
const snoozed = (facts: RenewalFacts, option: SnoozeOption, history = fresh) =>
  afterSnooze(facts, history, current(facts), option);

describe("dueReminder", () => {
  it("prompts at 30, 14, 7, 3, 1 and 0 days before and 3, 7 and 14 days into the grace", () => {
    let history: ReminderHistory = fresh;
    const prompts: [string, number][] = [];
    for (let day = -60; day <= 60; day += 1) {
      const facts = factsAt(Date.parse("2027-11-21T10:00:00Z") + day * dayMs);
      const stage = stageOf(facts, history);
      if (stage === null) continue;
      prompts.push([new Date(facts.now).toISOString().slice(0, 10), stage]);
      history = shown(facts, history);
    }
    expect(prompts).toEqual([
      ["2027-10-22", 30],
      ["2027-11-07", 14],
      ["2027-11-14", 7],
      ["2027-11-18", 3],
      ["2027-11-20", 1],
      ["2027-11-21", 0],
      ["2027-11-24", -3],
      ["2027-11-28", -7],
      ["2027-12-05", -14],
    ]);
  });

  it("prompts for the stage that counts now when earlier ones were missed", () => {
    expect(stageOf(factsAt("2027-11-16T09:00:00Z"))).toBe(7);
    expect(stageOf(factsAt("2027-11-22T09:00:00Z"))).toBe(0);
  });

  it("grows more urgent towards the end", () => {
    const urgencies = ["2027-10-22", "2027-11-14", "2027-11-20", "2027-11-25"].map(
      (day) => dueReminder(factsAt(day), fresh, false)?.urgency,
    );
    expect(urgencies).toEqual(["low", "medium", "high", "high"]);
  });

  it("prompts once a day, by the customer's calendar, even when a new stage begins", () => {
    const calendar = zoneCalendar("America/Los_Angeles");
    const before = factsAt("2027-11-18T07:30:00Z", { calendar }); // 17 November, 23:30
    const history = { ...shown(before), shownStage: 30 as const };
    expect(stageOf(factsAt("2027-11-18T07:59:00Z", { calendar }), history)).toBeNull();
    expect(stageOf(factsAt("2027-11-18T08:00:00Z", { calendar }), history)).toBe(3);
  });

  it("prompts once a process start", () => {
    expect(dueReminder(factsAt("2027-11-14"), fresh, true)).toBeNull();
  });

  it("is silent while the licence renews by itself, but for a billing problem", () => {
    const renews = { licence: { ...licence, willRenew: true } };
    const fails = { licence: { ...licence, willRenew: true, billingProblem: true } };
    for (const time of ["2027-10-25", "2027-11-20", "2027-11-25"]) {
      expect(stageOf(factsAt(time, renews))).toBeNull();
      expect(dueReminder(factsAt(time, fails), fresh, false)).toMatchObject({ reason: "billing_problem" });
    }
  });

  it.each([
    ["without a licence", { licence: null }],
    ["for a perpetual licence", { licence: { id: "A", expiresAt: null } }],
    ["after the grace days", { now: Date.parse("2027-12-06T00:00:00Z") }],
    ["once it has ended without grace days", { graceDays: 0, now: Date.parse("2027-11-21T15:00:00Z") }],
  ])("is silent %s", (_, change) => {
    expect(stageOf(factsAt("2027-11-20", change))).toBeNull();
  });

  it("does not prompt again for a stage when the clock was set back", () => {
    const at = factsAt("2027-11-18T10:00:00Z");
    const back = factsAt("2027-11-10T10:00:00Z", { lastSeenAt: at.now });
    expect(stageOf(back, shown(at))).toBeNull();
  });
});

describe("snooze", () => {
  it.each([
    ["1d", "2027-11-08T10:00:00.000Z"],
    ["3d", "2027-11-10T10:00:00.000Z"],
    ["next_stage", "2027-11-14T00:00:00.000Z"],
  ] as const)("%s puts a prompt off until %s", (option, until) => {
    const history = snoozed(factsAt("2027-11-07T10:00:00Z"), option);
    expect(new Date(history.snoozedUntil).toISOString()).toBe(until);
    expect(stageOf(factsAt(history.snoozedUntil - 1), history)).toBeNull();
    expect(stageOf(factsAt(history.snoozedUntil), history)).not.toBeNull();
  });

  it("brings the same stage back, once", () => {
    const history = snoozed(factsAt("2027-11-07T10:00:00Z"), "1d");
    const again = factsAt("2027-11-08T11:00:00Z");
    expect(stageOf(again, history)).toBe(14);
    expect(stageOf(factsAt("2027-11-09T11:00:00Z"), shown(again, history))).toBeNull();
  });

  it.each(["1d", "3d", "next_stage"] as const)(
    "%s never lasts past the end, nor in grace past its end",
    (option) => {
      expect(snoozed(factsAt("2027-11-21T14:00:00Z"), option).snoozedUntil).toBe(
        Date.parse("2027-11-21T15:00:00Z"),
      );
      expect(snoozed(factsAt("2027-12-05T23:00:00Z"), option).snoozedUntil).toBe(
        Date.parse("2027-12-06T00:00:00Z"),
      );
    },
  );

  it.each([
    ["2027-11-01T10:00:00Z", ["1d", "3d", "next_stage"]],
    ["2027-11-19T10:00:00Z", ["1d", "next_stage"]],
    ["2027-11-20T16:00:00Z", ["next_stage"]],
    ["2027-11-21T14:00:00Z", []],
    ["2027-11-22T14:00:00Z", ["1d", "3d", "next_stage"]],
    ["2027-12-05T14:00:00Z", []],
  ])("offers at %s only what ends in time", (time, options) => {
    expect(dueReminder(factsAt(time), fresh, false)?.snoozeOptions).toEqual(options);
  });
});
