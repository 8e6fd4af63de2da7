import { type Instant, instant } from "./clock.ts";

/** A span of the calendar in UTC for which accounts are made: a month, a quarter or a year. */
export interface Period {
  /** `2026-11`, `2026-Q4` or `2026`. */
  name: string;
  /** Its first instant. */
  from: Instant;
  /** The first instant after it. */
  until: Instant;
}

const shape = /^(20\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$/;

/** Reads a period's name; undefined when it is none of this century. */
export function readPeriod(text: string): Period | undefined {
  const [name, year, month, quarter] = shape.exec(text) ?? [];
  if (name === undefined) return undefined;
  const first = month !== undefined ? Number(month) - 1 : quarter !== undefined ? Number(quarter) * 3 - 3 : 0;
  const months = month !== undefined ? 1 : quarter !== undefined ? 3 : 12;
  const at = (index: number) => instant(Date.UTC(Number(year), index, 1));
  return { name, from: at(first), until: at(first + months) };
}
