import type { Instant } from "../../words/clock.ts";

const units: ReadonlyMap<string, string> = new Map([
  ["day", "D"],
  ["week", "W"],
  ["month", "M"],
  ["year", "Y"],
]);

/** A shop's interval, such as `{ interval: "month", interval_count: 3 }`, as an ISO 8601 duration: `P3M`. */
export function termOf(
  told:
    | { interval?: string | null | undefined; interval_count?: number | null | undefined }
    | null
    | undefined,
): string | undefined {
  const unit = units.get(told?.interval?.toLowerCase() ?? "");
  const count = told?.interval_count ?? 1;
  return unit === undefined || !Number.isInteger(count) || count < 1 || count > 1000
    ? undefined
    : `P${count}${unit}`;
}

const dayMs = 86_400_000;

/**
 * The term between two times of one calendar day, `P1Y` or `P3M`, else its days, `P90D`: for shops that tell no interval.
 * A month may be up to three days shorter than the day it began on.
 */
export function termBetween({ start, end }: { start: Instant; end: Instant }): string | undefined {
  if (end <= start) return undefined;
  const from = new Date(start);
  const to = new Date(end);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const sameDay = Math.abs(to.getUTCDate() - from.getUTCDate()) <= 3;
  if (months > 0 && sameDay) return months % 12 === 0 ? `P${months / 12}Y` : `P${months}M`;
  const days = Math.round((end - start) / dayMs);
  return days > 0 ? `P${days}D` : undefined;
}
