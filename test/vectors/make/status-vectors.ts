const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" };
const graceEndsAt = "2027-12-06T00:00:00.000Z";

interface Change {
  timeZone?: string;
  graceDays?: number;
  lastSeenAt?: string;
  licence?: object | null;
}

const vector = (name: string, now: string, change: Change, status: object) => ({
  name,
  now,
  timeZone: "UTC",
  graceDays: 14,
  lastSeenAt: null as string | null,
  licence: licence as object | null,
  ...change,
  status: { willRenew: false, clockSetBack: false, graceEndsAt, ...status },
});
const at = (now: string, state: string, daysRemaining: number) =>
  vector(`${state}, ${daysRemaining} days`, now, {}, { state, daysRemaining });
const dated = (name: string, now: string, timeZone: string, status: object) =>
  vector(name, now, { timeZone, licence: { id: "A", expiresAt: "2027-09-04" } }, status);
const refused = (name: string, given: unknown, member: string) => ({ name, licence: given, refused: member });

/** Licences over the time: where each stands, and licences that are none. The expectations were written by hand. */
export const makeStatusVectors = () => ({
  about:
    "Where a `licence` stands at `now`: `status`; or the member for which the licence is `refused`. See PROTOCOL.md, section 10.",
  vectors: [
    at("2027-10-21T23:59:59.999Z", "active", 31),
    at("2027-10-22T00:00:00Z", "expiring", 30),
    at("2027-11-20T23:59:59.999Z", "expiring", 1),
    at("2027-11-21T00:00:00Z", "inGrace", 0),
    at("2027-12-05T23:59:59.999Z", "inGrace", 0),
    at("2027-12-06T00:00:00Z", "expired", 0),
    vector(
      "no licence",
      "2027-01-01T00:00:00Z",
      { licence: null },
      { state: "unknown", daysRemaining: null, graceEndsAt: null },
    ),
    vector(
      "without an end",
      "2027-01-01T00:00:00Z",
      { licence: { id: "A", expiresAt: null, willRenew: true } },
      { state: "perpetual", daysRemaining: null, graceEndsAt: null, willRenew: true },
    ),
    vector(
      "renews by itself",
      "2027-11-20T00:00:00Z",
      { licence: { ...licence, willRenew: true } },
      { state: "active", daysRemaining: 1, willRenew: true },
    ),
    vector(
      "renews by itself, less than 24 hours after the end",
      "2027-11-21T23:59:59Z",
      { licence: { ...licence, willRenew: true } },
      { state: "active", daysRemaining: 0, willRenew: true },
    ),
    vector(
      "has not renewed 24 hours after the end",
      "2027-11-22T00:00:00Z",
      { licence: { ...licence, willRenew: true } },
      { state: "inGrace", daysRemaining: 0, willRenew: true },
    ),
    vector(
      "cannot be paid",
      "2027-11-20T00:00:00Z",
      { licence: { ...licence, willRenew: true, billingProblem: true } },
      { state: "expiring", daysRemaining: 1, willRenew: true },
    ),
    vector(
      "no grace",
      "2027-11-21T00:00:00Z",
      { graceDays: 0 },
      { state: "expired", daysRemaining: 0, graceEndsAt: "2027-11-21T00:00:00.000Z" },
    ),
    vector(
      "the clock was set back by more than a day",
      "2027-11-01T00:00:00Z",
      { lastSeenAt: "2027-12-24T00:00:00Z" },
      { state: "expired", daysRemaining: 0, clockSetBack: true },
    ),
    vector(
      "the clock was set back by a day",
      "2027-11-20T00:00:00Z",
      { lastSeenAt: "2027-11-21T00:00:00Z" },
      { state: "inGrace", daysRemaining: 0 },
    ),
    vector(
      "14 hours ahead of UTC, where the end is at 14:00 of the 21st",
      "2027-11-20T10:00:00Z",
      { timeZone: "Pacific/Kiritimati" },
      { state: "expiring", daysRemaining: 0, graceEndsAt: "2027-12-05T10:00:00.000Z" },
    ),
    vector(
      "8 hours behind UTC, where the end is at 16:00 of the 20th",
      "2027-11-20T07:59:59Z",
      { timeZone: "America/Los_Angeles" },
      { state: "expiring", daysRemaining: 1, graceEndsAt: "2027-12-05T08:00:00.000Z" },
    ),
    vector(
      "with an offset of its own",
      "2027-11-20T21:59:59Z",
      { licence: { id: "A", expiresAt: "2027-11-21T00:00:00+02:00" } },
      { state: "expiring", daysRemaining: 0, graceEndsAt: "2027-12-05T00:00:00.000Z" },
    ),
    dated("a day, by UTC", "2027-09-04T23:59:59Z", "UTC", {
      state: "expiring",
      daysRemaining: 0,
      graceEndsAt: "2027-09-19T00:00:00.000Z",
    }),
    dated("a day before clocks jump over midnight", "2027-09-05T03:59:59Z", "America/Santiago", {
      state: "expiring",
      daysRemaining: 0,
      graceEndsAt: "2027-09-19T03:00:00.000Z",
    }),
    dated("the first instant of the next day, at 01:00", "2027-09-05T04:00:00Z", "America/Santiago", {
      state: "inGrace",
      daysRemaining: 0,
      graceEndsAt: "2027-09-19T03:00:00.000Z",
    }),
    vector(
      "grace over a change of clocks",
      "2027-11-07T22:59:59Z",
      { timeZone: "Europe/Berlin", licence: { id: "A", expiresAt: "2027-10-24" } },
      { state: "inGrace", daysRemaining: 0, graceEndsAt: "2027-11-07T23:00:00.000Z" },
    ),
    refused("no object", "A", "licence"),
    refused("no id", { expiresAt: null }, "id"),
    refused("an empty id", { id: "", expiresAt: null }, "id"),
    refused("an id of 257 code units", { id: "a".repeat(257), expiresAt: null }, "id"),
    refused("an id with a line end", { id: "a\n", expiresAt: null }, "id"),
    refused("no end said", { id: "A" }, "expiresAt"),
    refused("a time without offset", { id: "A", expiresAt: "2027-11-21T00:00:00" }, "expiresAt"),
    refused("30 February", { id: "A", expiresAt: "2027-02-30" }, "expiresAt"),
    refused("a year before 1970", { id: "A", expiresAt: "1969-12-31" }, "expiresAt"),
    refused("a year of five digits", { id: "A", expiresAt: "+010000-01-01" }, "expiresAt"),
    refused("the hour 25", { id: "A", expiresAt: "2027-11-21T25:00:00Z" }, "expiresAt"),
    refused("a number", { id: "A", expiresAt: 1826755200 }, "expiresAt"),
    refused("a flag that is a text", { id: "A", expiresAt: null, willRenew: "yes" }, "willRenew"),
    refused("a flag that is null", { id: "A", expiresAt: null, billingProblem: null }, "billingProblem"),
    refused("an empty address", { id: "A", expiresAt: null, email: "" }, "email"),
    refused("an address of 321 code units", { id: "A", expiresAt: null, email: "e".repeat(321) }, "email"),
  ],
});
