import { Refusal } from "./refusal.ts";

/** How many rows a page of a list has: 100 by default, 1,000 at the most. */
export const rowsOfPage = (limit = 100): number => Math.min(Math.max(limit, 1), 1000);

/**
 * A page of rows that were read with one more than it shows, which tells whether another page follows; `next` is where
 * that one begins, and null on the last page.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { shown: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, next: last === undefined ? null : cursorOf(last) };
}

/** @throws {Refusal} `request_invalid`, always: `after` is not a `next` that was answered before. */
export function refuseCursor(): never {
  throw new Refusal("request_invalid", "after: expected the `next` of an earlier page.");
}
