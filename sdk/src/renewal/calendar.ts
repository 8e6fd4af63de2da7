/** Milliseconds of a day without a change of clocks. */
export const dayMs = 86_400_000;

const lastTime = 253_402_300_799_999; // the last millisecond of the year 9999

/** Whether a value is a time that calendars can work with: milliseconds since 1970, until the year 9999. */
export const isTime = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= lastTime;

const lastDay = Math.floor(lastTime / dayMs);

/** A day in ten characters, as `2027-11-21`; what lies outside of the years 0 to 9999 is their first or last day. Pure. */
export const dayText = (day: number): string =>
  new Date(Math.min(Math.max(day, firstDay), lastDay) * dayMs).toISOString().slice(0, 10);

const firstDay = Date.parse("0000-01-01T00:00:00Z") / dayMs;

/** Days as people count them, in one time zone. A day is a whole number of days since 1 January 1970. */
export interface Calendar {
  /** The local day an instant (milliseconds since 1970) falls on. */
  dayOf(instant: number): number;
  /** The first instant of a local day; where clocks jump over midnight that is not 00:00. */
  startOf(day: number): number;
}

/** The machine's own time zone, without loading Intl: cheap at a start-up. */
export const systemCalendar: Calendar = {
  dayOf(instant) {
    const date = new Date(instant);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
  },
  startOf(day) {
    const date = new Date(day * dayMs);
    return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
  },
};

/**
 * A named IANA time zone, for a product that knows its customer's better than the machine does.
 * Throws a RangeError for a zone that does not exist.
 */
export function zoneCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  const dayOf = (instant: number): number => {
    const part = (type: string) =>
      Number(format.formatToParts(instant).find((found) => found.type === type)?.value);
    return Date.UTC(part("year"), part("month") - 1, part("day")) / dayMs;
  };
  return { dayOf, startOf: (day) => firstInstantOf(day, dayOf) };
}

/** No zone is more than 14 hours from UTC, so the day begins within a day of its UTC midnight: halve until found. */
function firstInstantOf(day: number, dayOf: (instant: number) => number): number {
  let before = (day - 1) * dayMs;
  let within = (day + 1) * dayMs;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(middle) >= day) within = middle;
    else before = middle;
  }
  return within;
}
