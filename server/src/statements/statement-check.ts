import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { balanceOf } from "../ledger/settle.ts";
import { findMiscounted, findStatements } from "./rows/statement-checks.ts";
import type { NewStatementRow } from "./rows/statements.ts";
import type { StatementDocument } from "./statement.ts";

/** What the journal's movements by statements name as their source: the tax of invoices. */
export const statementSource = "statement";

/** More than these are not named: they are failures enough. */
const mostNamed = 100;

/**
 * What `ledger verify` checks of statements: the tax that an invoice books is what its document says, and each has the
 * lines that it was closed with. One line more would keep its movement out of the statement it belongs to.
 */
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
  async *findMissing(tx, since) {
    for (const { number } of await findMiscounted(tx, { since, limit: mostNamed }))
      yield `statement ${number}: its lines are not those that it was closed with`;
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
