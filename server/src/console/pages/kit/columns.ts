import type { ListColumn } from "../../../pages/listing.ts";
import { decimalOf } from "../../../words/money.ts";
import type { Desk } from "./desk.ts";
import { partnerLink } from "./partner-names.ts";

/** The column of a partner, with the way to its page. */
export const partnerColumn = <Row extends { partner: string }>({ say }: Desk): ListColumn<Row> => ({
  heading: say.say("partner"),
  sort: "partner",
  cell: ({ partner }) => partnerLink(partner),
  text: ({ partner }) => partner,
});

/** A column of amounts: as the reader's language writes them, `12.50 EUR` in a file, sorted by the amount. */
export const moneyColumn = <Row extends { currency: string }>(
  { say }: Desk,
  { heading, sort, of }: { heading: string; sort: string; of: (row: Row) => number },
): ListColumn<Row> => ({
  heading,
  sort,
  isFigure: true,
  cell: (row) => say.money(of(row), row.currency),
  text: (row) => `${decimalOf(of(row), row.currency)} ${row.currency}`,
  by: of,
});

/** A column of numbers that are no amounts, as the reader's language writes them; sorted by the number. */
export const countColumn = <Row>(
  { say }: Desk,
  { heading, sort, of }: { heading: string; sort: string; of: (row: Row) => number },
): ListColumn<Row> => ({
  heading,
  sort,
  isFigure: true,
  cell: (row) => say.number(of(row)),
  text: of,
});
