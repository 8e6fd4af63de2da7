import { addDays, type Instant, instant } from "../words/clock.ts";
import type { RenewalRights } from "./agreement.ts";

/** From when to when the seller of a term has the right to its renewal, both included. */
export interface RenewalWindow {
  from: Instant;
  until: Instant;
}

/** The window around a term's end. */
export const renewalWindow = (
  termEndsAt: Instant,
  { beforeDays, afterDays }: RenewalRights,
): RenewalWindow => ({
  from: addDays(termEndsAt, -beforeDays),
  until: addDays(termEndsAt, afterDays),
});

/** How a purchase lies to a window: the seller of the last term has a right to it, or the licence is open. */
export function windowStateAt({ from, until }: RenewalWindow, at: Instant): "before" | "inside" | "open" {
  if (at < from) return "before";
  return at <= until ? "inside" : "open";
}

const periodPattern = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/**
 * The end of a term that was paid on a day: `P1Y` ends on the same day of the next year, or on the last of its month where
 * there is none. Undefined for what is no period of years, months, weeks and days, and for an empty one.
 *
 * Source: ISO 8601-1, section 5.5.2.
 */
export function endOfTerm(begins: Instant, period: string): Instant | undefined {
  const found = periodPattern.exec(period);
  if (found === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1).map((text) => Number(text ?? 0));
  if (years + months + weeks + days === 0) return undefined;
  return addDays(addMonths(begins, years * 12 + months), weeks * 7 + days);
}

function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return instant(date.getTime());
}
