import { type Instant, instant, isoTime } from "../words/clock.ts";

/** How often the terms of a plan are worked out. */
export const periodLengths = ["month", "quarter", "year"] as const;
/** One length of a period. */
export type PeriodLength = (typeof periodLengths)[number];

/** A period by its name (`2027-03`, `2027-Q1`, `2027`), in UTC: from its first instant up to the one after its last. */
export interface Period {
  period: string;
  every: PeriodLength;
  from: Instant;
  until: Instant;
}

const monthsOf: Record<PeriodLength, number> = { month: 1, quarter: 3, year: 12 };

/** The period of a length that an instant lies in. */
export function periodAt(at: Instant, every: PeriodLength): Period {
  const [year = 0, month = 1] = isoTime(at).split("-").map(Number);
  return periodFrom({ year, month: month - ((month - 1) % monthsOf[every]), every });
}

/** The period of a name; undefined when it is none. */
export function readPeriod(name: string): Period | undefined {
  const [, year, quarter, month] = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(name) ?? [];
  if (year === undefined) return undefined;
  if (quarter !== undefined)
    return periodFrom({ year: Number(year), month: Number(quarter) * 3 - 2, every: "quarter" });
  if (month !== undefined) return periodFrom({ year: Number(year), month: Number(month), every: "month" });
  return periodFrom({ year: Number(year), month: 1, every: "year" });
}

function periodFrom({ year, month, every }: { year: number; month: number; every: PeriodLength }): Period {
  const names: Record<PeriodLength, string> = {
    month: `-${String(month).padStart(2, "0")}`,
    quarter: `-Q${(month + 2) / 3}`,
    year: "",
  };
  return {
    period: String(year).padStart(4, "0") + names[every],
    every,
    from: instant(Date.UTC(year, month - 1, 1)),
    until: instant(Date.UTC(year, month - 1 + monthsOf[every], 1)),
  };
}
