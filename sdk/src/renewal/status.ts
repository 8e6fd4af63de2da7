import { type Calendar, dayMs, dayText } from "./calendar.ts";
import { type Licence, readTerm, type Term } from "./licence.ts";
import { stagesDays } from "./stage.ts";

/** Where a licence stands. The same facts give the same answer: `now` is a fact too. */
export interface RenewalStatus {
  /**
   * `unknown`: no licence was set. `active`: far from its end, or renewing by itself. `expiring`: 30 days or
   * less. `inGrace`: past its end, to be renewed still. `expired`: past the grace days.
   */
  state: "active" | "expiring" | "inGrace" | "expired" | "perpetual" | "unknown";
  /** The customer's calendar days until the end: 0 on the last day and after it. `null` without an end. */
  daysRemaining: number | null;
  /** When the grace days end, ISO 8601 in UTC. `null` without an end. */
  graceEndsAt: string | null;
  /** Whether the licence renews by itself, as the product said it last. */
  willRenew: boolean;
  /** The machine's clock is more than a day behind a time it showed before; the later time is the one used. */
  clockSetBack: boolean;
}

/** What status and reminder are read from. */
export interface RenewalFacts {
  licence: Licence | null;
  /** Milliseconds since 1970. */
  now: number;
  /** The latest time seen before, milliseconds since 1970; 0 when never. */
  lastSeenAt: number;
  graceDays: number;
  calendar: Calendar;
}

/** A renewal by itself may run hours after the end: 'expired' is not said before a day has passed. */
const quietMs = dayMs;

/** Computers that run two systems shift their clock by up to 14 hours: less than a day is not noted. */
const setBackMs = dayMs;

/** Reads where a licence stands. Pure. */
export function renewalStatus(facts: RenewalFacts): RenewalStatus {
  const { licence, calendar } = facts;
  const now = effectiveNow(facts);
  const clockSetBack = facts.lastSeenAt - facts.now > setBackMs;
  const willRenew = licence?.willRenew === true;
  const term = licence && readTerm(licence, calendar);
  if (term === null) {
    const state = licence === null ? "unknown" : "perpetual";
    return { state, daysRemaining: null, graceEndsAt: null, willRenew, clockSetBack };
  }
  return {
    state: stateAt(now, term, facts),
    daysRemaining: Math.max(0, term.expiryDay - calendar.dayOf(now)),
    graceEndsAt: new Date(graceEndsAtMs(term, facts)).toISOString(),
    willRenew,
    clockSetBack,
  };
}

/** The last day of a licence and of its grace where the customer is, as `2027-11-21`; `null` without an end. Pure. */
export function termDays({ licence, calendar, graceDays }: RenewalFacts) {
  const term = licence && readTerm(licence, calendar);
  return {
    lastDay: term && dayText(term.expiryDay),
    lastGraceDay: term && dayText(term.expiryDay + graceDays),
  };
}

/** The time that counts: a clock set back does not bring a licence back to life. */
export function effectiveNow(facts: Pick<RenewalFacts, "now" | "lastSeenAt">): number {
  return Math.max(facts.now, facts.lastSeenAt);
}

/** The end of the last grace day where the customer is; with no grace days, the end of the licence. */
export function graceEndsAtMs(term: Term, facts: Pick<RenewalFacts, "graceDays" | "calendar">): number {
  if (facts.graceDays === 0) return term.expiresAtMs;
  return facts.calendar.startOf(term.expiryDay + facts.graceDays + 1);
}

function stateAt(now: number, term: Term, facts: RenewalFacts): RenewalStatus["state"] {
  const { willRenew, billingProblem } = facts.licence ?? {};
  const lapsesAt = willRenew ? term.expiresAtMs + quietMs : term.expiresAtMs;
  if (now < lapsesAt) {
    const near = term.expiryDay - facts.calendar.dayOf(now) <= stagesDays[0];
    return near && (!willRenew || billingProblem) ? "expiring" : "active";
  }
  return now < graceEndsAtMs(term, facts) ? "inGrace" : "expired";
}
