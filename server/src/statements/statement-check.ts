import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { balanceOf } from "../ledger/settle.ts";
import { findStatements } from "./rows/statement-checks.ts";
import type { NewStatementRow } from "./rows/statements.ts";
import type { StatementDocument } from "./statement.ts";

/** What the journal's movements by statements name as their source: the tax of invoices. */
export const statementSource = "statement";

/** What `ledger verify` checks of the tax that invoices book: each is what its document says. */
export const statementCheck: BookCheck = {
  source: statementSource,
  findWrong: async (tx, bookings) => {
    const rows = await findStatements(
      tx,
      bookings.map(({ sourceId }) => sourceId),
    );
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    return bookings.flatMap((booking) => {
      const what = faultOf(booking, byNumber.get(booking.sourceId));
      return what === undefined ? [] : [{ id: booking.id, what }];
    });
  },
};

function faultOf(booking: SourcedBooking, row: NewStatementRow | undefined): string | undefined {
  if (row === undefined) return "there is no such statement";
  const { selfBilling } = JSON.parse(row.document) as StatementDocument;
  const agrees =
    booking.partner === row.partner_id &&
    booking.currency === row.currency &&
    balanceOf([booking], "payable") === selfBilling?.taxMinor;
  return agrees ? undefined : "its invoice says otherwise";
}
