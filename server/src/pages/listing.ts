import { type Address, addressWith } from "./address.ts";
import type { KitSpeech } from "./app-page.ts";
import { attributes, type Html, type HtmlValue, html } from "./html.ts";
import { emptyState } from "./parts.ts";
import { type TableColumn, table } from "./table.ts";

/** A column of a list. What offers to sort says by what, so that none offers it and does nothing. */
export type ListColumn<Row> = ShownColumn<Row> & (UnsortedColumn<Row> | SortedColumn<Row>);

interface ShownColumn<Row> {
  heading: string;
  cell: (row: Row) => HtmlValue;
  /** Of figures: they stand at the end of the cell. */
  isFigure?: boolean;
  /** Of an amount that stands beside others: whether a row's is zero, which a card on a phone leaves out. */
  isZero?: (row: Row) => boolean;
}

/** A row's value as a text or a figure. */
type ValueOf<Row> = (row: Row) => string | number | null;

interface UnsortedColumn<Row> {
  sort?: undefined;
  /** What stands in the exported file, where the cell is more than text. */
  text?: ValueOf<Row>;
  by?: undefined;
}

/** Its `sort` is the name by which the address says that the list is sorted by it: by `by`, or by its text where that is left out. */
type SortedColumn<Row> = { sort: string } & (
  | { text: ValueOf<Row>; by?: ValueOf<Row> }
  | { text?: ValueOf<Row>; by: ValueOf<Row> }
);

/** A column that offers no sorting, for a list on a page whose address sorts another one or that a form led to. */
export function withoutSort<Row>({ sort: _, by: __, ...column }: ListColumn<Row>): ListColumn<Row> {
  return column;
}

/** What a person may narrow a list by: words to choose from, or a text. */
export interface ListFilter {
  name: string;
  label: string;
  /** A value with its label; without them it is typed. */
  options?: readonly (readonly [string, string])[];
  /** Whether there is no "any": where the address chooses none, the first of them holds. */
  hasDefault?: boolean;
  type?: "text" | "date" | "search";
  /** The id of a `datalist` on the page, whose texts are offered as one types. */
  list?: string | Html;
}

/** A list with all that stands around it. Its whole state is in the address. */
export interface Listing<Row> {
  kit: KitSpeech;
  caption: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  address: Address;
  filters?: readonly ListFilter[];
  /** The cursor of the page behind this one; null on the last. */
  next?: string | null;
  /** Shown where there is nothing at all, and no filter is set. */
  empty: { title: string; text?: HtmlValue };
  /** Whether what is seen can be taken along as a file. */
  exports?: boolean;
  /** Whether sorting puts one page in order, and not the whole list: it is read in pages. */
  sortsPage?: boolean;
}

/** The parameters that are no filter. */
const reserved = new Set(["after", "sort", "format", "done"]);

/** Filters, table, page links and export. */
export function listing<Row>(list: Listing<Row>): Html {
  const { kit, address, rows, filters = [], empty } = list;
  const isFiltered = [...address.query.keys()].some((name) => !reserved.has(name));
  return html`${filters.length > 0 && filterForm(kit, address, filters, isFiltered)}${
    rows.length === 0
      ? emptyState(isFiltered ? kit.say("empty_filtered") : empty.title, isFiltered ? undefined : empty.text)
      : listTable(list)
  }${listFoot(list)}`;
}

/**
 * The table alone, in the order that the address asks for, or what stands in place of one without rows. The first column
 * names its row.
 */
export function listTable<Row>({
  kit,
  caption,
  columns,
  rows,
  address,
  sortsPage,
  empty,
}: Listing<Row>): Html {
  if (rows.length === 0 && empty.title !== "") return emptyState(empty.title, empty.text);
  const sorted = sortRows(rows, columns, address);
  return table({
    caption,
    columns: columns.map((column) => headOf(kit, column, address, sortsPage === true)),
    rows: sorted.map((row) => columns.map(({ cell }) => cell(row))),
    isQuiet: true,
    isZero: (row, column) => {
      const one = sorted[row];
      return one !== undefined && columns[column]?.isZero?.(one) === true;
    },
  });
}

function headOf<Row>(
  kit: KitSpeech,
  { heading, sort, isFigure }: ListColumn<Row>,
  address: Address,
  sortsPage: boolean,
): TableColumn {
  if (sort === undefined) return { heading, isFigure };
  const now = address.query.get("sort");
  const sorted = now === sort ? "ascending" : now === `-${sort}` ? "descending" : undefined;
  const next = now === `-${sort}` ? sort : `-${sort}`;
  const arrow = sorted === "ascending" ? "↑" : sorted === "descending" ? "↓" : "";
  const said =
    sorted === undefined ? undefined : kit.say(sorted === "ascending" ? "sorted_up" : "sorted_down");
  const href = addressWith(address, {
    sort: next,
    done: undefined,
    ...(sortsPage ? {} : { after: undefined }),
  });
  const head = html`<a${attributes({ href, title: said })}>${heading}${arrow !== "" && html` <span aria-hidden="true">${arrow}</span>`}</a>`;
  return { heading, head, sorted, isFigure };
}

function filterForm(kit: KitSpeech, address: Address, filters: readonly ListFilter[], isFiltered: boolean) {
  const sort = address.query.get("sort");
  return html`<form class="filters" method="get" action="${address.path}">
${sort !== null && html`<input type="hidden" name="sort" value="${sort}">`}${filters.map((filter) => filterField(kit, filter, address.query.get(filter.name) ?? ""))}<button>${kit.say("filter")}</button>${
    isFiltered && html` <a class="button" href="${address.path}">${kit.say("clear_filters")}</a>`
  }
</form>
`;
}

function filterField(
  kit: KitSpeech,
  { name, label, options, hasDefault = false, type = "text", list }: ListFilter,
  value: string,
): Html {
  const id = `filter-${name}`;
  const field =
    options === undefined
      ? html`<input${attributes({ id, name, type, value, list, maxlength: 255 })}>`
      : html`<select${attributes({ id, name })}>${!hasDefault && html`<option value="">${kit.say("any")}</option>`}${options.map(
          ([one, text]) =>
            html`<option${attributes({ value: one, selected: one === value })}>${text}</option>`,
        )}</select>`;
  return html`<div><label for="${id}">${label}</label>${field}</div>\n`;
}

function listFoot<Row>({
  kit,
  rows,
  next,
  address,
  exports,
  sortsPage = false,
}: Listing<Row>): Html | undefined {
  const isLater = address.query.has("after");
  if (rows.length === 0 && !isLater) return undefined;
  const links = [
    ...(isLater ? [[kit.say("first_page"), addressWith(address, { after: undefined })] as const] : []),
    ...(typeof next === "string"
      ? [[kit.say("next_page"), addressWith(address, { after: next })] as const]
      : []),
    ...(exports === true ? [[kit.say("export_csv"), addressWith(address, { format: "csv" })] as const] : []),
  ];
  const isCut = sortsPage && (isLater || typeof next === "string");
  return html`<div class="foot"><p>${kit.say("shown", { count: rows.length })}${
    isCut && address.query.has("sort") && html` · ${kit.say("sorted_page")}`
  }</p><ul>${links.map(([label, to]) => html`<li><a href="${to}">${label}</a></li>`)}</ul></div>
`;
}

/** The rows in the order that the address asks for, by a column's `by` or `text`; as they are where it asks for none. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  address: Address,
): Row[] {
  const asked = address.query.get("sort") ?? "";
  const column = columns.find(({ sort }) => sort !== undefined && sort === asked.replace(/^-/, ""));
  const text = column?.by ?? column?.text;
  if (text === undefined) return [...rows];
  const sign = asked.startsWith("-") ? -1 : 1;
  return rows.toSorted((one, other) => sign * compare(text(one), text(other)));
}

function compare(one: string | number | null, other: string | number | null): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [a, b] = [String(one ?? ""), String(other ?? "")];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is seen, as a file (RFC 4180): the same rows, in the same order. */
export function listingCsv<Row>({ columns, rows }: Pick<Listing<Row>, "columns" | "rows">): string {
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ text, cell }) => String((text ?? cell)(row) ?? ""))),
  ];
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** A spreadsheet takes a text that begins so for a formula: an apostrophe keeps it a text. */
const formula = /^[=+\-@\t\r](?!\d+(\.\d+)?$)/;

function csvCell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An answer with a list as a file. */
export const csvResponse = (name: string, text: string): Response =>
  new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
