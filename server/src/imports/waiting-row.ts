import { addUp, type Move } from "../four-eyes/limit.ts";
import { bookingsOf } from "./book-import.ts";
import type { ImportRow } from "./rows/schema.ts";

/** A row of which a change waits for a second person: the books go on saying what it said before, nothing if it is new. */
export const waiting = (before: ImportRow | undefined, row: ImportRow, request: string): ImportRow => ({
  ...(before ?? { ...row, account: null }),
  waits_for: request,
  waits_row: JSON.stringify(row),
});

/** What a row will be once what it waits for is approved; undefined where it waits for nothing. */
export function waitingRow(before: ImportRow): ImportRow | undefined {
  if (before.waits_row === null) return undefined;
  const row = JSON.parse(before.waits_row) as ImportRow;
  return { ...row, version: before.version + 1, waits_for: null, waits_row: null };
}

/** What a row moves of what is held for partners or payable to them. What was paid elsewhere moves nothing. */
export function movesOfRow(before: ImportRow | undefined, row: ImportRow): Move[] {
  const moves = bookingsOf(before, row).flatMap(({ partner, currency, debit, credit, amountMinor }) => {
    if (debit === "paid" || credit === "paid") return [];
    return [{ partner, currency, amountMinor: debit === "expense" ? amountMinor : -amountMinor }];
  });
  const [first, second] = moves;
  // A new amount of one row counts for what it is more or less.
  return first !== undefined && second?.partner === first.partner && second.currency === first.currency
    ? addUp([{ ...first, amountMinor: first.amountMinor + second.amountMinor }])
    : moves;
}
