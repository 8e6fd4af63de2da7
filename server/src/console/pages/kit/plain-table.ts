import type { Html } from "../../../pages/html.ts";
import { type ListColumn, listTable } from "../../../pages/listing.ts";
import type { Desk } from "./desk.ts";

/** A table that is all there is: no filter, no second page, no file. One without rows has its heads alone. */
export function plainTable<Row>(
  { kit, address }: Desk,
  caption: string,
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
): Html {
  return listTable({ kit, caption, columns, rows, address, empty: { title: "" } });
}
