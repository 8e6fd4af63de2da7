import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { bookingsOf, readSourceId, sourceIdOf } from "./book-import.ts";
import { type BookedImport, findBookedImports, findImportRows } from "./rows/import-checks.ts";
import { walkImportRows } from "./rows/import-rows.ts";
import type { ImportRow } from "./rows/schema.ts";

const pageSize = 200;

/** What `ledger verify` checks of opening balances: the journal says of each imported row what the row says. */
export const importBookCheck: BookCheck = {
  source: "import",
  findWrong: async (tx, bookings) => {
    const keys = bookings.map(({ sourceId }) => readSourceId(sourceId));
    const rows = new Map(
      (
        await findImportRows(
          tx,
          keys.map(({ programme, id }) => [programme, id] as const),
        )
      ).map((row) => [`${row.programme} ${row.source_id}`, row]),
    );
    return bookings.flatMap((booking) => {
      const { programme, id, version } = readSourceId(booking.sourceId);
      const what = faultOf(booking, version, rows.get(`${programme} ${id}`));
      return what === undefined ? [] : [{ id: booking.id, what }];
    });
  },
  findMissing,
};

/** A later version also takes back what the one before said: whether it took back the right amount, the sums tell. */
function faultOf(booking: SourcedBooking, version: number, row: ImportRow | undefined): string | undefined {
  if (row === undefined) return "there is no such imported row";
  if (version > row.version) return "its imported row is older";
  if (version > 1 || version < row.version) return undefined;
  const [expected] = bookingsOf(undefined, row);
  const agrees =
    expected !== undefined &&
    expected.partner === booking.partner &&
    expected.debit === booking.debit &&
    expected.credit === booking.credit &&
    expected.currency === booking.currency &&
    expected.amountMinor === Number(booking.amountMinor);
  return agrees ? undefined : "its imported row says otherwise";
}

async function* findMissing(tx: Tx, since: Instant): AsyncGenerator<string> {
  let after: Pick<ImportRow, "programme" | "kind" | "source_id"> = {
    programme: "",
    kind: "commission",
    source_id: "",
  };
  for (;;) {
    const page = await walkImportRows(tx, { ...after, limit: pageSize });
    const rows = page.filter(({ kind, imported_at }) => kind === "commission" && imported_at >= since);
    const sources = rows.flatMap((row) =>
      Array.from({ length: row.version }, (_, index) => sourceIdOf({ ...row, version: index + 1 })),
    );
    const booked = Map.groupBy(await findBookedImports(tx, sources), ({ source_id }) => {
      const { programme, id } = readSourceId(source_id);
      return `${programme} ${id}`;
    });
    for (const row of rows) {
      const name = `${row.programme} ${row.source_id}`;
      if (!agree(row, booked.get(name) ?? []))
        yield `imported row ${name}: the journal does not say what it says`;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = { programme: last.programme, kind: last.kind, source_id: last.source_id };
  }
}

/** Whether the transfers add up to what the row says, and to nothing elsewhere. */
function agree(row: ImportRow, booked: readonly BookedImport[]): boolean {
  const sums = new Map<string, number>();
  const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);
  for (const { partner_id, currency, debit, credit, amount_minor } of booked) {
    add(`${partner_id} ${currency} ${debit}`, -Number(amount_minor));
    add(`${partner_id} ${currency} ${credit}`, Number(amount_minor));
  }
  if (row.account !== null) {
    add(`${row.partner_id} ${row.currency} ${row.account}`, -Number(row.amount_minor));
    add(`${row.partner_id} ${row.currency} expense`, Number(row.amount_minor));
  }
  return [...sums.values()].every((sum) => sum === 0);
}
