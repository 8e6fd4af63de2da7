import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { transferOf } from "./book.ts";
import type { BookCheck, SourcedBooking } from "./book-check.ts";
import { beforeSource, type SourcedCursor, walkSourced } from "./rows/sourced-transfers.ts";

const pageSize = 500;

/**
 * What is wrong with the bookings that no order explains, one sentence each: bookings that the check of their source
 * does not know, bookings of a source that no check knows, and rows of a source that the journal has no booking for.
 */
export async function* checkSourced(
  tx: Tx,
  checks: readonly BookCheck[],
  { since, hashes }: { since: Instant; hashes: Hashes },
): AsyncGenerator<string> {
  let after: SourcedCursor = beforeSource("");
  for (;;) {
    const rows = await walkSourced(tx, { ...after, since, limit: pageSize });
    const last = rows.at(-1);
    if (last === undefined) break;
    const bookings = rows.map(sourcedOf);
    for (const [source, ofSource] of Map.groupBy(bookings, (one) => one.source))
      yield* wrongOf(tx, checks, source, ofSource);
    after = { ...last, source: last.source ?? "", source_id: last.source_id ?? "" };
  }
  for (const check of checks) yield* check.findMissing?.(tx, since, hashes) ?? [];
}

async function* wrongOf(
  tx: Tx,
  checks: readonly BookCheck[],
  source: string,
  bookings: readonly SourcedBooking[],
): AsyncGenerator<string> {
  const check = checks.find((one) => one.source === source);
  const wrong =
    check === undefined
      ? bookings.map(({ id }) => ({ id, what: "nothing in the receiver knows its source" }))
      : await check.findWrong(tx, bookings);
  const byId = new Map(bookings.map((one) => [one.id, one]));
  for (const { id, what } of wrong) {
    const { kind, partner, sourceId } = byId.get(id) ?? { kind: "booking", partner: "", sourceId: "" };
    yield `transfer ${id}: a ${kind} for ${partner} from ${source} ${sourceId}: ${what}`;
  }
}

const sourcedOf = (row: Awaited<ReturnType<typeof walkSourced>>[number]): SourcedBooking => ({
  ...transferOf(row),
  id: row.id,
  source: row.source ?? "",
  sourceId: row.source_id ?? "",
  bookedAt: row.booked_at,
});
