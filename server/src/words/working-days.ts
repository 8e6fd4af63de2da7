import { addDays, type Instant, instant, isoTime } from "./clock.ts";

/**
 * The end of the day (UTC) that lies so many working days after a moment: Monday to Friday, holidays left out. The day
 * itself does not count; zero days is the end of the day itself, whatever day it is.
 *
 * @param holidays days as YYYY-MM-DD
 */
export function afterWorkingDays(at: Instant, days: number, holidays: readonly string[]): Instant {
  const closed = new Set(holidays);
  let day = at;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, closed)) left--;
  }
  return instant(Date.parse(isoTime(day).slice(0, 10)) + 86_399_000);
}

function isWorkingDay(at: Instant, closed: ReadonlySet<string>): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !closed.has(isoTime(at).slice(0, 10));
}
