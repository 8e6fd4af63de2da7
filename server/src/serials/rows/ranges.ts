import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { ProductId } from "../../words/ids.ts";
import type { SerialRangeRow } from "./schema.ts";

const serialRangeColumns = columnsOf<SerialRangeRow>({
  product: true,
  first_open: true,
  last_open: true,
  batch_no: true,
  added_at: true,
});

const insertQuery = query<SerialRangeRow>()((db, p) =>
  db.insertInto("serial_ranges").values(valuesOf(serialRangeColumns, p)),
);

/** Keeps a range of open numbers. The caller has seen to it that it overlaps no other of the product. */
export const insertSerialRange = (tx: Tx, range: SerialRangeRow) => tx.run(insertQuery, range);

const lastBeforeQuery = query<{ product: ProductId; open: number }>()((db, p) =>
  db
    .selectFrom("serial_ranges")
    .innerJoin("serial_batches", "serial_batches.batch_no", "serial_ranges.batch_no")
    .select([
      "serial_ranges.first_open",
      "serial_ranges.last_open",
      "serial_batches.batch_no",
      "serial_batches.batch",
      "serial_batches.product",
      "serial_batches.kind",
      "serial_batches.revoked_at",
    ])
    .where("serial_ranges.product", "=", p.product)
    .where("serial_ranges.first_open", "<=", p.open)
    .orderBy("serial_ranges.first_open", "desc")
    .limit(sql.lit(1)),
);

/** The range of a product's open numbers that a number lies in. Ranges do not overlap, so there is one at most. */
export async function findSerialRange(tx: Tx, product: ProductId, open: number) {
  const range = await findLastRangeFrom(tx, product, open);
  return range !== undefined && range.last_open >= open ? range : undefined;
}

/** The last of a product's ranges that begins at a number or before it, whether the number lies in it or not. */
export const findLastRangeFrom = (tx: Tx, product: ProductId, open: number) =>
  tx.one(lastBeforeQuery, { product, open });
