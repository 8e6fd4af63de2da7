import { bookForPartner, type PartnerBooking } from "../books/book-partner.ts";
import { listPartnerRows } from "../channel/rows/partners.ts";
import { type Period, readPeriod } from "../commission/period.ts";
import type { Deps } from "../deps/deps.ts";
import { planOf } from "../plans/plans.ts";
import { findPlan, type PlanRow } from "../plans/rows/plans.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { findTerms, type GoverningTerm } from "./governing-terms.ts";
import {
  insertClosedPeriod,
  insertPeriodTerm,
  listClosedPeriods,
  listTermsOfClose,
  listTermsOfPartner,
} from "./rows/period-terms.ts";
import type { PeriodTermRow } from "./rows/schema.ts";
import { type WorkedTerm, workOutTerms } from "./work-out-terms.ts";

/** What a close found of one term. Amounts in minor units. */
export interface ClosedTerm extends Omit<WorkedTerm, "nextAt" | "measure"> {
  /** What the close books of it: all of it, or what losses since an earlier close have made of that. */
  changeMinor: number;
}

/** What closing a period came to. */
export interface PeriodClose {
  period: string;
  /** When it was closed, ISO 8601 in UTC; null when it was only rehearsed. */
  closedAt: string | null;
  /** True when it had been closed before: nothing was booked now. */
  closedBefore: boolean;
  terms: ClosedTerm[];
}

/** How long after its end a period is still corrected, in days. */
const correctedDays = 731;

/**
 * Closes a period that is over: works out the terms of each partner's plan by what stayed of its sales, and books one
 * transfer a partner, currency and term. What has changed since earlier periods of the same length were closed is part of
 * it. Closing again, also in two processes at once, books nothing more; what was cut off is taken up where it ended.
 *
 * @throws {Refusal} `request_invalid` for what is no period; `period_open` for one that is not over
 */
export async function closePeriod(
  deps: Pick<Deps, "store" | "clock">,
  name: string,
  { dryRun = false, onPartner }: { dryRun?: boolean | undefined; onPartner?: (done: number) => void } = {},
): Promise<PeriodClose> {
  const now = deps.clock();
  const period = requirePeriod(name);
  if (period.until > now)
    throw new Refusal("period_open", `${name} is over on ${isoTime(period.until).slice(0, 10)}.`);
  const before = await readClose(deps, name);
  if (before !== undefined) return before;
  const partners = await deps.store.read((tx) => listPartnerRows(tx));
  const terms: ClosedTerm[] = [];
  for (const [index, { id }] of partners.entries()) {
    const found = await findChanges(deps, { partner: id, period });
    if (found.length > 0 && !dryRun)
      terms.push(...(await deps.store.write((tx) => bookTerms(tx, { partner: id, period, found }, now))));
    else terms.push(...found);
    onPartner?.(index + 1);
  }
  if (!dryRun) await deps.store.write((tx) => insertClosedPeriod(tx, { period: name, closed_at: now }));
  return { period: name, closedAt: dryRun ? null : isoTime(now), closedBefore: false, terms };
}

/**
 * A period by its name.
 *
 * @throws {Refusal} `request_invalid`
 */
export function requirePeriod(name: string): Period {
  const period = readPeriod(name);
  if (period !== undefined) return period;
  throw new Refusal(
    "request_invalid",
    "A period is a month (2027-03), a quarter (2027-Q1) or a year (2027).",
  );
}

async function readClose({ store }: Pick<Deps, "store">, name: string): Promise<PeriodClose | undefined> {
  return store.read(async (tx) => {
    const closed = (await listClosedPeriods(tx)).find(({ period }) => period === name);
    if (closed === undefined) return undefined;
    const terms = (await listTermsOfClose(tx, name)).map(closedTermOf);
    return { period: name, closedAt: isoTime(closed.closed_at), closedBefore: true, terms };
  });
}

/** What a close would book for a partner: the period's own terms, and those of earlier ones that come to something else. */
async function findChanges(
  { store }: Pick<Deps, "store">,
  { partner, period }: { partner: PartnerId; period: Period },
): Promise<ClosedTerm[]> {
  const { own, earlier, booked } = await store.read(async (tx) => {
    const rows = await listTermsOfPartner(tx, partner);
    return {
      own: await findTerms(tx, partner, period),
      earlier: await closedTerms(tx, rows, period),
      booked: rows,
    };
  });
  const periods = [...earlier, { period, terms: own }];
  const found = (await workOutTerms(store, { partner, periods })).map(
    ({ nextAt: _, measure: __, ...worked }) => ({
      ...worked,
      changeMinor: worked.amountMinor - bookedOf(booked, worked),
    }),
  );
  return found.filter((one) => one.period === period.period || one.changeMinor !== 0);
}

/** The terms of earlier periods of the same length as they were closed, by the period. */
async function closedTerms(tx: Tx, rows: readonly PeriodTermRow[], { every, from }: Period) {
  const found: { period: Period; terms: GoverningTerm[] }[] = [];
  const plans = new Map<string, PlanRow>();
  for (const [name, ofPeriod] of Map.groupBy(rows, (row) => row.period)) {
    const period = requirePeriod(name);
    if (period.every !== every || period.from >= from || addDays(period.until, correctedDays) < from)
      continue;
    const names = new Map(ofPeriod.map((row) => [`${row.term} ${row.currency}`, row]));
    const terms: GoverningTerm[] = [];
    for (const { plan_id, version, term } of names.values()) {
      const name = `${plan_id} ${version}`;
      const plan = plans.get(name) ?? (await findPlan(tx, plan_id, version));
      if (plan !== undefined) plans.set(name, plan);
      const its = plan === undefined ? undefined : planOf(plan).terms.find((one) => one.term === term);
      if (its !== undefined) terms.push({ plan: plan_id, version, term: its });
    }
    found.push({ period, terms });
  }
  return found;
}

const bookedOf = (
  rows: readonly PeriodTermRow[],
  { period, term, currency }: Pick<ClosedTerm, "period" | "term" | "currency">,
): number =>
  rows
    .filter((row) => row.period === period && row.term === term && row.currency === currency)
    .reduce((sum, row) => sum + row.change_minor, 0);

/**
 * Books what was found, unless another process did so meanwhile: what it booked is answered then. Of an earlier period that
 * another close has corrected since it was read, that correction stands: the next close takes up what it lacks.
 */
async function bookTerms(
  tx: Tx,
  {
    partner,
    period: { period },
    found,
  }: { partner: PartnerId; period: Period; found: readonly ClosedTerm[] },
  now: Instant,
): Promise<ClosedTerm[]> {
  await lockName(tx, `period terms ${partner}`);
  const rows = await listTermsOfPartner(tx, partner);
  const theirs = rows.filter((row) => row.closed_in === period);
  if (theirs.length > 0) return theirs.map(closedTermOf);
  const due = found.filter((one) => bookedOf(rows, one) === one.amountMinor - one.changeMinor);
  const sums = new Map<string, PartnerBooking>();
  for (const one of due) {
    await insertPeriodTerm(tx, rowOf(one, { closedIn: period, now }));
    const name = `${one.term} ${one.currency}`;
    const before = sums.get(name)?.amountMinor ?? 0;
    sums.set(name, bookingOf(one, { closedIn: period, changeMinor: before + one.changeMinor }));
  }
  await bookForPartner(tx, [...sums.values()].flatMap(asTransfer), now);
  return due;
}

/** With its sign: below zero for what is taken back. */
const bookingOf = (
  { partner, term, currency }: ClosedTerm,
  { closedIn, changeMinor }: { closedIn: string; changeMinor: number },
): PartnerBooking => ({
  partner,
  kind: "term",
  debit: "expense",
  credit: "payable",
  amountMinor: changeMinor,
  currency,
  source: "period",
  sourceId: `${closedIn} ${term}`,
  cause: "period_closed",
});

function asTransfer(booking: PartnerBooking): PartnerBooking[] {
  if (booking.amountMinor === 0) return [];
  if (booking.amountMinor > 0) return [booking];
  return [{ ...booking, debit: "payable", credit: "expense", amountMinor: -booking.amountMinor }];
}

const rowOf = (one: ClosedTerm, { closedIn, now }: { closedIn: string; now: Instant }): PeriodTermRow => ({
  closed_in: closedIn,
  partner_id: one.partner,
  term: one.term,
  currency: one.currency,
  period: one.period,
  plan_id: one.plan,
  version: one.version,
  counted: one.counted,
  amount_minor: one.amountMinor,
  change_minor: one.changeMinor,
  why: one.why,
  closed_at: now,
});

const closedTermOf = (row: PeriodTermRow): ClosedTerm => ({
  partner: row.partner_id,
  period: row.period,
  term: row.term,
  currency: row.currency,
  plan: row.plan_id,
  version: row.version,
  counted: row.counted,
  amountMinor: row.amount_minor,
  changeMinor: row.change_minor,
  why: row.why,
});
