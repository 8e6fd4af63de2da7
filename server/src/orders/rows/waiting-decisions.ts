import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { WaitingDecisionRow } from "./schema.ts";

const insertQuery = query<WaitingDecisionRow>()((db, p) =>
  db
    .insertInto("waiting_decisions")
    .values({ order_key: p.order_key, cause: p.cause, waiting_since: p.waiting_since })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Has an order wait to be decided anew; one that waits already stays as it is. */
export const insertWaiting = (tx: Tx, row: WaitingDecisionRow) => tx.run(insertQuery, row);

// A cross join is walked as it stands: SQLite would begin with the orders, of which there are many, as they are sorted.
const listQuery = query<{ limit: number }>()((db, p) =>
  db
    .selectFrom("waiting_decisions")
    .crossJoin("orders")
    .select(["waiting_decisions.order_key", "waiting_decisions.cause"])
    .whereRef("orders.order_key", "=", "waiting_decisions.order_key")
    .orderBy("orders.occurred_at")
    .orderBy("orders.order_id")
    .limit(p.limit as never),
);

/** The orders that wait to be decided anew, the earliest sale first. */
export const listWaiting = (tx: Tx, limit: number) => tx.all(listQuery, { limit });

const deleteQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db.deleteFrom("waiting_decisions").where("order_key", "=", p.order_key),
);

/** Has an order wait no longer. */
export const deleteWaiting = (tx: Tx, order: OrderKey) => tx.run(deleteQuery, { order_key: order });
