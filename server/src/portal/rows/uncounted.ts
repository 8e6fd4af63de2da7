import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";

/** So many orders are one step of a walk. */
export const stepOrders = 500;

const uncountedQuery = query<{ after: OrderKey; until: OrderKey }>()((db, p) =>
  db
    .selectFrom("orders")
    .innerJoin("decisions", (join) =>
      join
        .onRef("decisions.order_key", "=", "orders.order_key")
        .onRef("decisions.seq", "=", "orders.decision_seq"),
    )
    .select([
      "orders.order_key",
      "orders.shop",
      "orders.order_id",
      "orders.occurred_at",
      "decisions.evidence",
    ])
    .where("orders.outcome", "=", "unattributed")
    .where("orders.order_key", ">", p.after)
    .where("orders.order_key", "<", p.until)
    .orderBy("orders.order_key")
    .limit(sql.lit(stepOrders)),
);

/** The next orders of a span that count for nobody, with what was considered. */
export const findUncounted = (tx: Tx, span: { after: OrderKey; until: OrderKey }) =>
  tx.all(uncountedQuery, span);
