import { requirePartner } from "../channel/active-partner.ts";
import { listPartnerRows } from "../channel/rows/partners.ts";
import { type Period, type PeriodLength, periodAt, periodLengths, readPeriod } from "../commission/period.ts";
import type { Deps } from "../deps/deps.ts";
import { planOf } from "../plans/plans.ts";
import { findPlan, listAssignments } from "../plans/rows/plans.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { requirePeriod } from "./close-period.ts";
import { findTerms } from "./governing-terms.ts";
import { listClosedPeriods, listTermsOfPartner, sumTermsOfCloses } from "./rows/period-terms.ts";
import { type WorkedTerm, workOutTerms } from "./work-out-terms.ts";

/** A period of a length that some plan's terms have. Times are ISO 8601 in UTC. */
export interface ListedPeriod {
  period: string;
  from: string;
  /** The first instant behind it. */
  until: string;
  /** Due is one that is over and not closed. */
  state: "open" | "due" | "closed";
  closedAt: string | null;
  /** What its close booked, by currency. */
  booked: { currency: string; amountMinor: number }[];
}

/** So many of a length are listed, the newest; closed ones are listed whenever they were. */
const mostListed = 36;

/** The periods since plans with terms were first assigned, the newest first. */
export async function listPeriods(deps: Pick<Deps, "store" | "clock">): Promise<ListedPeriod[]> {
  const now = deps.clock();
  const { closed, sums, begins } = await deps.store.read(async (tx) => ({
    closed: new Map((await listClosedPeriods(tx)).map((row) => [row.period, row.closed_at])),
    sums: Map.groupBy(await sumTermsOfCloses(tx), ({ closed_in }) => closed_in),
    begins: await firstTerms(tx),
  }));
  const periods = new Map<string, Period>();
  for (const name of closed.keys()) {
    const period = readPeriod(name);
    if (period !== undefined) periods.set(name, period);
  }
  for (const [every, begin] of begins)
    for (const period of periodsBack({ every, begin, now })) periods.set(period.period, period);
  return [...periods.values()]
    .sort((a, b) => b.until - a.until || b.from - a.from)
    .map(({ period, from, until }) => {
      const closedAt = closed.get(period);
      return {
        period,
        from: isoTime(from),
        until: isoTime(until),
        state: closedAt !== undefined ? "closed" : until <= now ? "due" : "open",
        closedAt: closedAt === undefined ? null : isoTime(closedAt),
        booked: (sums.get(period) ?? []).map((sum) => ({
          currency: sum.currency,
          amountMinor: Number(sum.change_minor),
        })),
      };
    });
}

/** Since when plans have terms of each length. */
async function firstTerms(tx: Tx): Promise<Map<PeriodLength, Instant>> {
  const begins = new Map<PeriodLength, Instant>();
  for (const { plan_id, version, since } of await listAssignments(tx)) {
    const row = await findPlan(tx, plan_id, version);
    for (const { every } of row === undefined ? [] : planOf(row).terms)
      if (!begins.has(every)) begins.set(every, since);
  }
  return begins;
}

function* periodsBack({
  every,
  begin,
  now,
}: {
  every: PeriodLength;
  begin: Instant;
  now: Instant;
}): Generator<Period> {
  let period = periodAt(now, every);
  for (let count = 0; count < mostListed && period.until > begin; count++) {
    yield period;
    period = periodAt(instant(period.from - 1), every);
  }
}

/** What a term would come to if its period ended now, or comes to now if it is over. Never a balance. */
export interface ForecastTerm extends WorkedTerm {
  /** What closes have booked of it: the next one books the rest. */
  bookedMinor: number;
}

/**
 * What terms come to by what stayed of the sales until now: of a period, or of all that run now; of all partners or one.
 *
 * @throws {Refusal} `request_invalid` for what is no period; `partner_unknown`
 */
export async function forecastPeriod(
  deps: Pick<Deps, "store" | "clock">,
  { period, partner }: { period?: string | undefined; partner?: string | undefined } = {},
): Promise<ForecastTerm[]> {
  const now = deps.clock();
  const periods =
    period === undefined ? periodLengths.map((every) => periodAt(now, every)) : [requirePeriod(period)];
  const partners = await deps.store.read(async (tx) =>
    partner === undefined ? listPartnerRows(tx) : [await requirePartner(tx, partner)],
  );
  const found: ForecastTerm[] = [];
  for (const { id } of partners)
    for (const of of periods) {
      const { terms, booked } = await deps.store.read(async (tx) => {
        const governing = await findTerms(tx, id, of);
        return { terms: governing, booked: governing.length === 0 ? [] : await listTermsOfPartner(tx, id) };
      });
      for (const term of await workOutTerms(deps.store, { partner: id, periods: [{ period: of, terms }] })) {
        const its = booked.filter((row) => row.period === term.period && row.term === term.term);
        const bookedMinor = its
          .filter((row) => row.currency === term.currency)
          .reduce((sum, row) => sum + row.change_minor, 0);
        found.push({ ...term, bookedMinor });
      }
    }
  return found;
}
