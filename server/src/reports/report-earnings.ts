import { outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { refreshEarnings } from "./refresh-earnings.ts";
import { type EarningsSum, sumEarnings, sumMonths } from "./rows/earnings-sums.ts";
import type { EarningsBy } from "./rows/schema.ts";

/** What is asked. */
export interface EarningsQuestion {
  by: EarningsBy;
  since?: Instant | undefined;
  until?: Instant | undefined;
}

/** What one partner, product, month … brought and earned in a currency. */
export interface Earnings {
  /** The partner, product, month …; null where there is none, as for orders that nobody was credited for. */
  value: string | null;
  currency: string;
  orders: number;
  /** What customers paid without tax, and did not get back. */
  netMinor: number;
  /** What was credited and not taken back, whatever has become of it since. */
  commissionMinor: number;
  /** Commission by net, in percent with two decimals; null without net. */
  sharePercent: number | null;
}

/** The last instant of the year 9999. */
const endOfTime = instant(Date.UTC(10_000, 0, 1) - 1);
const dayMilliseconds = 86_400_000;

/** Adds up what orders brought and who earned what, by the day of their purchase. The largest net comes first. */
export async function reportEarnings(
  deps: Pick<Deps, "store" | "clock">,
  { by, since = instant(0), until = endOfTime }: EarningsQuestion,
  options: { onProgress?: (orders: number) => void } = {},
): Promise<Earnings[]> {
  await outsideDeeds(() => refreshEarnings(deps, options));
  const { months, parts } = spansOf(since, until);
  const sums = await deps.store.read(async (tx) => {
    const found = months === undefined ? [] : await sumMonths(tx, by, months);
    for (const part of parts) found.push(...(await sumEarnings(tx, by, part)).map((sum) => named(by, sum)));
    return found;
  });
  const rows = together(sums).map((sum) => rowOf(by, sum));
  return by === "month" || by === "tier"
    ? rows.toSorted((a, b) => compare(`${a.value} ${a.currency}`, `${b.value} ${b.currency}`))
    : rows.toSorted(
        (a, b) =>
          compare(a.currency, b.currency) ||
          b.netMinor - a.netMinor ||
          Number(a.value === null) - Number(b.value === null) ||
          compare(a.value ?? "", b.value ?? ""),
      );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function rowOf(by: EarningsBy, sum: EarningsSum): Earnings {
  const value = String(sum.value);
  const isNone = value === "" || (by === "tier" && value === "0");
  return withShare({
    value: isNone ? null : value,
    currency: sum.currency,
    orders: Number(sum.orders),
    netMinor: Number(sum.net_minor),
    commissionMinor: Number(sum.commission_minor),
  });
}

const withShare = (row: Omit<Earnings, "sharePercent">): Earnings => ({
  ...row,
  sharePercent: row.netMinor === 0 ? null : Math.round((row.commissionMinor / row.netMinor) * 10_000) / 100,
});

/** The whole months within a span, and the parts of months at its ends. */
export function spansOf(since: Instant, until: Instant) {
  const firstWhole = monthStart(since) === since ? since : monthStart(since, 1);
  const lastWhole = monthStart(instant(until + 1)) === until + 1 ? instant(until + 1) : monthStart(until);
  if (firstWhole >= lastWhole) return { months: undefined, parts: since > until ? [] : [{ since, until }] };
  const head = { since, until: instant(firstWhole - 1) };
  const tail = { since: lastWhole, until };
  return {
    months: { first: monthOf(firstWhole), last: monthOf(instant(lastWhole - 1)) },
    parts: [head, tail].filter((part) => part.since <= part.until),
  };
}

const monthOf = (at: Instant): string => isoTime(at).slice(0, 7);

/** The first instant of an instant's month, or of one after it. */
function monthStart(at: Instant, later = 0): Instant {
  const date = new Date(at);
  return instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1));
}

/** A part of a month that was told apart by day is of its month. */
const named = (by: EarningsBy, sum: EarningsSum): EarningsSum =>
  by === "month" ? { ...sum, value: monthOf(instant(Number(sum.value) * dayMilliseconds)) } : sum;

/** Sums of one value and currency in one. Months that were emptied again say nothing. */
function together(sums: readonly EarningsSum[]): EarningsSum[] {
  const found = new Map<string, EarningsSum>();
  for (const { value, currency, orders, net_minor, commission_minor } of sums) {
    const key = `${currency} ${value}`;
    const before = found.get(key);
    found.set(key, {
      value: String(value),
      currency,
      orders: Number(before?.orders ?? 0) + Number(orders),
      net_minor: Number(before?.net_minor ?? 0) + Number(net_minor),
      commission_minor: Number(before?.commission_minor ?? 0) + Number(commission_minor),
    });
  }
  return [...found.values()].filter(
    (sum) => sum.orders !== 0 || sum.net_minor !== 0 || sum.commission_minor !== 0,
  );
}
