import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { CorrectionRow } from "./schema.ts";

/** A correction before the database has numbered it. */
export type NewCorrectionRow = Omit<CorrectionRow, "correction_no">;

const columns = columnsOf<NewCorrectionRow>({
  shop: true,
  correction_id: true,
  reference: true,
  reverses: true,
  movements: true,
  entered_by: true,
  approved_by: true,
  booked_at: true,
});

const insertQuery = query<NewCorrectionRow>()((db, p) =>
  db.insertInto("corrections").values(valuesOf(columns, p)),
);

/** Keeps who entered a correction, on which paper, and what it booked. */
export const insertCorrection = (tx: Tx, row: NewCorrectionRow) => tx.run(insertQuery, row);

const ofOrderQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db
    .selectFrom("order_links")
    .innerJoin("corrections", (join) =>
      join
        .onRef("corrections.correction_id", "=", "order_links.id")
        .onRef("corrections.shop", "=", "order_links.namespace" as never),
    )
    .selectAll("corrections")
    .where("order_links.order_key", "=", p.order_key)
    .orderBy("corrections.correction_no"),
);

/** The corrections of an order, in the order in which they were booked: its ids are among those that name the order. */
export const findCorrections = (tx: Tx, order: OrderKey) => tx.all(ofOrderQuery, { order_key: order });

/** A stored correction. */
export type FoundCorrection = Awaited<ReturnType<typeof findCorrections>>[number];
