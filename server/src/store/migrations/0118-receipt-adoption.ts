import type { Definition } from "./ddl.ts";

/** How far the first start has come that gives receipts to what was there before: one row while it lasts, none after. */
export const receiptAdoption: Definition = ({ engine, int64, clustered }) => [
  `create table receipt_adoption (
    only_row ${engine === "sqlite" ? "integer" : "smallint"} primary key check (only_row = 1),
    table_index ${int64} not null,
    after text,
    row_count ${int64} not null,
    signature text not null
  ) ${clustered}`,
];
