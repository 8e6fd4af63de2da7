import { addDays, type Instant } from "../words/clock.ts";

/** The same time of day so many working days later, Monday to Friday in UTC. */
export function afterWorkingDays(from: Instant, days: number): Instant {
  let at = from;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
