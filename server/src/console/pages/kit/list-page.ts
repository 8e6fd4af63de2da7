import type { AppPageParts } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import {
  csvResponse,
  type ListColumn,
  type ListFilter,
  listing,
  listingCsv,
  sortRows,
} from "../../../pages/listing.ts";
import { card } from "../../../pages/parts.ts";
import { consolePage, type Desk, doneNotice, given } from "./desk.ts";
import { partnerChoice } from "./partner-choices.ts";
import { sortedByName } from "./partner-names.ts";

/** How many rows of a list that is there as a whole stand on one page. */
export const wholePageRows = 100;

/** The name of the filter by any text of a list that is there as a whole. */
const textFilter = "text";

/** A page that is one list. */
export interface ListPage<Row> extends Pick<AppPageParts, "title" | "lead" | "actions" | "crumbs"> {
  /** Over the list. */
  heading?: string;
  /** The name of the file that it is taken along as, without its ending. */
  file: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  filters?: readonly ListFilter[];
  empty: { title: string; text?: Html | string };
  /**
   * The cursor of the page behind this one, null on the last, of a list that is read in pages: it is sorted within the
   * page. Left out where the rows are all there are: then they are sorted as a whole, cut here and exported whole.
   */
  next?: string | null;
  /** Above the list. */
  above?: Html | undefined;
  below?: Html | undefined;
}

/**
 * A list that is narrowed, sorted, cut and taken along as the address says. What was asked for by a filter that was
 * refused is in no list: it is empty then, with its filters as they were typed.
 */
export async function listPage<Row>(desk: Desk, list: ListPage<Row>): Promise<Response> {
  const { kit, refused } = desk;
  const address = refused?.address ?? desk.address;
  const page = refused === undefined ? list : { ...list, rows: [], next: null };
  const { title, empty } = page;
  const columns = await sortedByName(desk.deps, page.columns, page.rows);
  const isWhole = page.next === undefined;
  const asked = page.filters ?? [];
  const hasText = page.rows.length === 0 || asked.some(({ type }) => type === "search");
  // What is there as a whole can be narrowed by anything that is seen; where there is nothing, nothing is asked.
  const filters: readonly ListFilter[] =
    isWhole && !hasText ? [...asked, { name: textFilter, label: kit.say("search"), type: "search" }] : asked;
  const rows =
    isWhole && !hasText ? withText(page.rows, columns, given(address.query, textFilter)) : page.rows;
  const sorted = sortRows(rows, columns, address);
  if (address.query.get("format") === "csv")
    return csvResponse(page.file, listingCsv({ columns, rows: sorted }));
  const cut = isWhole ? cutRows(sorted, address.query.get("after")) : undefined;
  return consolePage(desk, {
    title,
    lead: page.lead,
    actions: page.actions,
    crumbs: page.crumbs,
    content: html`${doneNotice(desk)}${page.above}${card({
      title: page.heading ?? title,
      content: listing({
        kit,
        caption: title,
        columns,
        rows: cut?.rows ?? sorted,
        address,
        filters,
        next: cut?.next ?? page.next ?? null,
        empty,
        exports: true,
        sortsPage: !isWhole,
      }),
    })}${page.below}`,
  });
}

/** The rows of which a column says a text, in upper or lower case. */
function withText<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  text: string | undefined,
): readonly Row[] {
  const wanted = text?.toLowerCase();
  if (wanted === undefined) return rows;
  return rows.filter((row) =>
    columns.some(({ text: of, cell, by }) =>
      // A partner is sorted by its name, and a figure by a number that nobody sees.
      [(of ?? cell)(row), by?.(row)]
        .filter((one, at) => at === 0 || typeof one === "string")
        .some((one) =>
          String(one ?? "")
            .toLowerCase()
            .includes(wanted),
        ),
    ),
  );
}

function cutRows<Row>(rows: readonly Row[], after: string | null): { rows: Row[]; next: string | null } {
  const start = Math.max(Number.parseInt(after ?? "0", 10) || 0, 0);
  const end = start + wholePageRows;
  return { rows: rows.slice(start, end), next: rows.length > end ? String(end) : null };
}

/** A typed filter, as every list by partner has one. */
export const partnerFilter = ({ say }: Desk): ListFilter => ({
  name: "partner",
  label: say.say("partner"),
  list: partnerChoice.list,
});
