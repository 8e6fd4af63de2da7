const momentPattern =
  /^(19[7-9]\d|[2-9]\d{3})-(\d{2})-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Whether a value is a date, or a date with a time and an offset, of a day that exists (PROTOCOL.md, section 10). Date.parse
 * takes 30 February for 2 March, so the day is compared with what it became. Pure.
 */
export function isMoment(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const [, year, month, day] = momentPattern.exec(value) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(value))) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Whether a value is an instant: a moment with its time and offset. Pure. */
export const isInstant = (value: unknown): value is string =>
  isMoment(value) && value.length > "2027-11-21".length;
