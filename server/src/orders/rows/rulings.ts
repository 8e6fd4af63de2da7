import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { RulingRow } from "./schema.ts";

const rulingColumns = columnsOf<RulingRow>({
  order_key: true,
  seq: true,
  partner_id: true,
  note: true,
  ruled_at: true,
});

const insertRulingQuery = query<RulingRow>()((db, p) =>
  db.insertInto("rulings").values(valuesOf(rulingColumns, p)),
);

/** Appends a ruling. The caller has the order locked, so that no other takes its number. */
export const insertRuling = (tx: Tx, ruling: RulingRow) => tx.run(insertRulingQuery, ruling);

const rulingsQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db
    .selectFrom("rulings")
    .leftJoin("partners", "partners.id", "rulings.partner_id")
    .select([
      "rulings.seq",
      "rulings.partner_id",
      "rulings.note",
      "rulings.ruled_at",
      ...partnerStandingColumns,
    ])
    .where("rulings.order_key", "=", p.order_key)
    .orderBy("rulings.seq"),
);

/** The rulings on an order, oldest first, with the standing of the partner; a ruling for nobody has none. */
export const findRulings = (tx: Tx, order: OrderKey) => tx.all(rulingsQuery, { order_key: order });

/** A ruling as evidence. */
export type FoundRuling = Awaited<ReturnType<typeof findRulings>>[number];
