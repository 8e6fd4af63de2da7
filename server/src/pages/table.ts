import { attributes, type Html, type HtmlValue, html } from "./html.ts";

/** A column as it stands in a table: its heading as text and as it is shown, and whether it holds figures. */
export interface TableColumn {
  heading: string;
  /** What stands in the head, where that is more than the heading: a link that sorts. */
  head?: HtmlValue;
  /** `aria-sort`, where the table is sorted by it. */
  sorted?: "ascending" | "descending" | undefined;
  isFigure?: boolean | undefined;
}

/** What is written where there is nothing to write. */
export const nothing = "–";

/**
 * A table under a caption. The first column names its row. On a phone a table that would not fit is a card a row
 * (`rowCardStyle`): each value under its heading, what is empty or `isZero` not shown. The roles stand in the markup, since a browser
 * may drop those of a table whose rows are laid out as anything else.
 */
export function table(given: {
  caption: string;
  columns: readonly (string | TableColumn)[];
  rows: readonly (readonly HtmlValue[])[];
  /** Whether only screen readers get the caption: what stands around it says the same. */
  isQuiet?: boolean;
  /** Whether a cell, by its row and column, is an amount of nothing beside others: it stays in the table, and out of a card. */
  isZero?: (row: number, column: number) => boolean;
  /** Whether a row is a card on a phone; by default where it would not fit there. */
  asCards?: boolean;
}): Html {
  const { caption, rows, isQuiet = false, isZero = () => false } = given;
  const columns = given.columns.map((one) => (typeof one === "string" ? { heading: one } : one));
  const asCards = given.asCards ?? isWide(columns);
  const role = (name: string) => (asCards ? { role: name } : {});
  const classes = ["table", ...(isQuiet ? ["quiet-caption"] : []), ...(asCards ? ["cards"] : [])];
  const cellOf = (value: HtmlValue, row: number, at: number) => {
    const { heading = "", isFigure = false } = columns[at] ?? {};
    const isNone = asCards && (isBlank(value) || isZero(row, at));
    const names = [...(isFigure ? ["num"] : []), ...(isNone ? ["none"] : [])];
    const shape = { class: names.length === 0 ? undefined : names.join(" "), ...role("cell") };
    return html`<td${attributes({ ...shape, "data-label": asCards ? heading : undefined })}>${value}</td>`;
  };
  return html`<div${attributes({ class: classes.join(" "), tabindex: 0, role: "region", "aria-label": caption })}><table${attributes(role("table"))}>
<caption>${caption}</caption>
<thead${attributes(role("rowgroup"))}><tr${attributes(role("row"))}>${columns.map(
    ({ heading, head, sorted, isFigure = false }) =>
      html`<th${attributes({ scope: "col", ...role("columnheader"), class: isFigure ? "num" : undefined, "aria-sort": sorted })}>${head ?? heading}</th>`,
  )}</tr></thead>
<tbody${attributes(role("rowgroup"))}>
${rows.map(
  ([first, ...rest], row) =>
    html`<tr${attributes(role("row"))}><th${attributes({ scope: "row", ...role("rowheader") })}>${first}</th>${rest.map((value, at) => cellOf(value, row, at + 1))}</tr>\n`,
)}</tbody>
</table></div>
`;
}

/** Three columns fit on a phone where two of them are figures. */
const isWide = (columns: readonly TableColumn[]): boolean =>
  columns.length > 3 || (columns.length === 3 && columns.slice(1).some(({ isFigure }) => isFigure !== true));

const isBlank = (value: HtmlValue): boolean =>
  value === undefined || value === false || value === "" || value === nothing;

/**
 * Tables as cards below 40rem. Headings that sort stay on top of them, with a sign that they do. What a card leaves out is
 * hidden from eyes alone, so that for a screen reader each cell keeps its column; a card of nothing shows one dash.
 */
export const rowCardStyle = `@media screen and (max-width: 40rem) {
.cards { overflow-x: visible; }
.cards :is(table, thead, tbody) { display: block; }
.cards thead tr { position: relative; display: flex; gap: .375rem; overflow-x: auto; scrollbar-width: none; }
.card .cards thead tr { margin-inline: -1rem; padding-inline: 1rem; }
.cards thead:has(a) { padding-bottom: .625rem; border-bottom: 1px solid var(--edge); }
.cards thead th { padding: 0; border: 0; }
.cards thead th:not(:has(a)) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.cards thead a { display: block; padding: .5rem .625rem; border: 1px solid var(--edge); border-radius: .4375rem; }
.cards thead th[aria-sort] a { border-color: var(--accent); }
.cards thead th:not([aria-sort]) a::after { content: " ↕"; content: " ↕" / ""; }
.cards tbody tr { position: relative; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .375rem 1rem; padding: .75rem 0; border-bottom: 1px solid var(--edge); }
.cards thead:not(:has(a)) + tbody > tr:first-child { padding-top: 0; }
.cards table:has(> tbody > tr:only-child) > thead:not(:focus-within) { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
.cards tbody tr:last-child { padding-bottom: .25rem; border-bottom: 0; }
.cards tbody :is(th, td), .cards .num + td:not(.num) { display: block; min-width: 0; padding: 0; border: 0; text-align: start; overflow-wrap: anywhere; }
.cards tbody th { grid-column: 1 / -1; font-size: .9375rem; }
.cards tbody td::before { content: attr(data-label); content: attr(data-label) / ""; display: block; font-size: .75rem; line-height: 1.35; color: var(--soft); white-space: normal; }
.cards tbody .none { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.cards tbody tr:not(:has(td:not(.none)))::after { content: "–"; content: "–" / ""; color: var(--soft); }
.cards tbody :is(.badge, .nowrap) { white-space: normal; }
.cards tbody td:has(.badge):has(.sub) { grid-column: 1 / -1; }
}
`;
