import { html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { idText } from "../../../pages/parts.ts";
import { decimalOf } from "../../../words/money.ts";
import type { Desk } from "./desk.ts";
import { partnerLink } from "./partner-names.ts";
import { dayText, timeText } from "./shown.ts";

/** What a column is called, the name by which the address sorts by it, and a row's value. */
interface ColumnOf<Row, Value> {
  heading: string;
  sort: string;
  of: (row: Row) => Value;
}

/** A column of words as they stand, with a dash where a row has none. */
export const textColumn = <Row>({ heading, sort, of }: ColumnOf<Row, string | null>): ListColumn<Row> => ({
  heading,
  sort,
  cell: (row) => of(row) ?? "–",
  text: of,
});

/** A column of ids, which break where the screen is narrow. */
export const codeColumn = <Row>({ heading, sort, of }: ColumnOf<Row, string>): ListColumn<Row> => ({
  heading,
  sort,
  cell: (row) => html`<code>${idText(of(row))}</code>`,
  text: of,
});

/** A column of instants in ISO 8601, shown as days, with a dash where a row has none; sorted by the instant. */
export const dayColumn = <Row>(desk: Desk, column: ColumnOf<Row, string | null>): ListColumn<Row> =>
  instantColumn(column, (at) => dayText(desk, at));

/** The same with the time of day. */
export const timeColumn = <Row>(desk: Desk, column: ColumnOf<Row, string | null>): ListColumn<Row> =>
  instantColumn(column, (at) => timeText(desk, at));

const instantColumn = <Row>(
  { heading, sort, of }: ColumnOf<Row, string | null>,
  shown: (at: string) => string,
): ListColumn<Row> => ({
  heading,
  sort,
  cell: (row) => {
    const at = of(row);
    return at === null ? "–" : shown(at);
  },
  text: of,
});

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
  { heading, sort, of }: ColumnOf<Row, number>,
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
  { heading, sort, of }: ColumnOf<Row, number>,
): ListColumn<Row> => ({
  heading,
  sort,
  isFigure: true,
  cell: (row) => say.number(of(row)),
  text: of,
});
