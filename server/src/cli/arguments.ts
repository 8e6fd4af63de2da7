import { InvalidArgumentError } from "commander";
import { isCalendarDay } from "../words/calendar-day.ts";
import { type Instant, instant } from "../words/clock.ts";

const datePattern = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads a date as the last moment of that day in UTC, so that the whole day is in it, or a time with its offset as itself. */
export function readEnd(text: string): Instant {
  const { at, isDay } = readTime(text);
  return isDay ? instant(at + 86_399_999) : at;
}

/** Reads a date as the first second of that day in UTC, or a time with its offset as itself. */
export function readStart(text: string): Instant {
  return readTime(text).at;
}

/** Reads a percentage with at most two decimals. */
export function readPercent(text: string): number {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) > 100) {
    throw new InvalidArgumentError("Expected a percentage from 0 to 100 with at most two decimals.");
  }
  return Number(text);
}

/** Reads a count of rows. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > 1000) {
    throw new InvalidArgumentError("Expected a number from 1 to 1000.");
  }
  return Number(text);
}

function readTime(text: string): { at: Instant; isDay: boolean } {
  const [, day = "", time] = datePattern.exec(text) ?? [];
  const at = Date.parse(text);
  if (Number.isNaN(at) || !isCalendarDay(day)) {
    throw new InvalidArgumentError(
      "Expected a date such as 2027-11-21, or a time such as 2027-11-21T12:00:00Z.",
    );
  }
  return { at: instant(at), isDay: time === undefined };
}
