import type { AppPageParts } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import {
  csvResponse,
  type ListColumn,
  type ListFilter,
  listing,
  listingCsv,
  sortRows,
} from "../../pages/listing.ts";
import { card } from "../../pages/parts.ts";
import { consolePage, type Desk, doneNotice } from "./desk.ts";

/** How many rows of a list that is there as a whole stand on one page. */
export const wholePageRows = 100;

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

/** A list that is narrowed, sorted, cut and taken along as the address says. */
export async function listPage<Row>(desk: Desk, page: ListPage<Row>): Promise<Response> {
  const { address, kit } = desk;
  const { columns, title, filters = [], empty } = page;
  const sorted = sortRows(page.rows, columns, address);
  if (address.query.get("format") === "csv")
    return csvResponse(page.file, listingCsv({ columns, rows: sorted }));
  const cut = page.next === undefined ? cutRows(sorted, address.query.get("after")) : undefined;
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
        sortsPage: page.next !== undefined,
      }),
    })}${page.below}`,
  });
}

function cutRows<Row>(rows: readonly Row[], after: string | null): { rows: Row[]; next: string | null } {
  const start = Math.max(Number.parseInt(after ?? "0", 10) || 0, 0);
  const end = start + wholePageRows;
  return { rows: rows.slice(start, end), next: rows.length > end ? String(end) : null };
}

/** A typed filter, as every list by partner has one. */
export const partnerFilter = ({ say }: Desk): ListFilter => ({ name: "partner", label: say.say("partner") });
