const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T15:00:00Z" };
const fresh = { shownStage: null, shownAt: null, snoozedUntil: null, declined: false };

interface Change {
  timeZone?: string;
  graceDays?: number;
  lastSeenAt?: string;
  licence?: object | null;
  history?: object;
  shownSinceStart?: boolean;
}

const vector = (name: string, now: string, reminder: object | null, change: Change = {}) => ({
  name,
  now,
  timeZone: "UTC",
  graceDays: 14,
  lastSeenAt: null as string | null,
  licence: licence as object | null,
  shownSinceStart: false,
  ...change,
  history: { ...fresh, ...change.history },
  reminder,
});
const all = ["1d", "3d", "next_stage"];
const due = (stage: number, urgency: string, snoozeOptions: string[] = all, reason = "expiring") => ({
  stage,
  urgency,
  reason,
  snoozeOptions,
});
const shown = (shownStage: number, shownAt: string, snoozedUntil: string | null = null) => ({
  history: { shownStage, shownAt, snoozedUntil },
});
const renewing = { licence: { ...licence, willRenew: true } };
const failing = { licence: { ...licence, willRenew: true, billingProblem: true } };

/** Prompts over the time: the one that is due, or null. The expectations were written by hand. */
export const makeReminderVectors = () => ({
  about:
    "The `reminder` that is due at `now`, after what the `history` says, or null. See PROTOCOL.md, section 10.",
  vectors: [
    vector("31 days before", "2027-10-21T23:59:59Z", null),
    vector("30 days before", "2027-10-22T00:00:00Z", due(30, "low")),
    vector("between two stages", "2027-11-06T12:00:00Z", due(30, "low", ["1d", "3d", "next_stage"])),
    vector("14 days before", "2027-11-07T00:00:00Z", due(14, "low")),
    vector("7 days before", "2027-11-14T00:00:00Z", due(7, "medium")),
    vector("3 days before", "2027-11-18T10:00:00Z", due(3, "medium")),
    vector(
      "2 days before: 3 days are too long",
      "2027-11-19T10:00:00Z",
      due(3, "medium", ["1d", "next_stage"]),
    ),
    vector("the day before, too late for a day", "2027-11-20T16:00:00Z", due(1, "high", ["next_stage"])),
    vector("the last hour", "2027-11-21T14:00:00Z", due(0, "high", [])),
    vector("the first day of grace", "2027-11-22T14:00:00Z", due(0, "high")),
    vector("3 days into the grace", "2027-11-24T00:00:00Z", due(-3, "high")),
    vector("7 days into the grace", "2027-11-28T00:00:00Z", due(-7, "high")),
    vector("the last day of grace", "2027-12-05T14:00:00Z", due(-14, "high", [])),
    vector("after the grace", "2027-12-06T00:00:00Z", null),
    vector("ended, without grace", "2027-11-21T15:00:00Z", null, { graceDays: 0 }),
    vector("no licence", "2027-11-20T00:00:00Z", null, { licence: null }),
    vector("perpetual", "2027-11-20T00:00:00Z", null, { licence: { id: "A", expiresAt: null } }),
    vector("renews by itself", "2027-11-20T00:00:00Z", null, renewing),
    vector("cannot be paid", "2027-11-07T10:00:00Z", due(14, "medium", all, "billing_problem"), failing),
    vector("shown since the start", "2027-11-14T00:00:00Z", null, { shownSinceStart: true }),
    vector("shown today", "2027-11-14T23:00:00Z", null, shown(14, "2027-11-14T00:00:00Z")),
    vector("this stage shown before", "2027-11-08T00:00:00Z", null, shown(14, "2027-11-07T10:00:00Z")),
    vector(
      "an earlier stage shown before",
      "2027-11-14T00:00:00Z",
      due(7, "medium"),
      shown(14, "2027-11-07T10:00:00Z"),
    ),
    vector("a later stage shown before", "2027-11-10T00:00:00Z", null, shown(3, "2027-11-01T10:00:00Z")),
    vector(
      "put off until later",
      "2027-11-10T09:59:59Z",
      null,
      shown(14, "2027-11-07T10:00:00Z", "2027-11-10T10:00:00Z"),
    ),
    vector(
      "put off until now: the same stage again",
      "2027-11-10T10:00:00Z",
      due(14, "low"),
      shown(14, "2027-11-07T10:00:00Z", "2027-11-10T10:00:00Z"),
    ),
    vector("declined", "2027-11-20T00:00:00Z", null, { history: { declined: true } }),
    vector("another day in Los Angeles, not in UTC", "2027-11-18T07:59:00Z", null, {
      timeZone: "America/Los_Angeles",
      ...shown(30, "2027-11-18T07:30:00Z"),
    }),
    vector("another day in Los Angeles", "2027-11-18T08:00:00Z", due(3, "medium"), {
      timeZone: "America/Los_Angeles",
      ...shown(30, "2027-11-18T07:30:00Z"),
    }),
    vector("the clock set back does not bring a stage again", "2027-11-10T10:00:00Z", null, {
      lastSeenAt: "2027-11-18T10:00:00Z",
      ...shown(3, "2027-11-18T10:00:00Z"),
    }),
    vector(
      "next stage before a change of clocks",
      "2027-10-29T10:00:00Z",
      due(3, "medium", ["1d", "next_stage"]),
      {
        timeZone: "Europe/Berlin",
        licence: { id: "A", expiresAt: "2027-10-31" },
      },
    ),
  ],
});
