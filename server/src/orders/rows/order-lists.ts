import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { OrderRow } from "./schema.ts";

/** Which orders to list: keys from `first` on and before `before`, the newest first. Keys begin with the time. */
export interface OrderRange {
  first: OrderKey;
  before: OrderKey;
  limit: number;
}

const listQuery = query<OrderRange>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("joined_to", "is", null)
    .where("order_key", ">=", p.first)
    .where("order_key", "<", p.before)
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

const listByOutcomeQuery = query<OrderRange & { outcome: OrderRow["outcome"] }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("joined_to", "is", null)
    .where("outcome", "=", p.outcome)
    .where("order_key", ">=", p.first)
    .where("order_key", "<", p.before)
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

const unattributedLicencesQuery = query<{ after: OrderKey; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(["order_key", "licence_hash"])
    .where("outcome", "=", "unattributed")
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** A page of the orders that nobody was credited for, with their licences. */
export const walkUnattributedLicences = (tx: Tx, page: { after: OrderKey; limit: number }) =>
  tx.all(unattributedLicencesQuery, page);

/** A page of orders, the newest first. */
export function listOrderRows(
  tx: Tx,
  { outcome, ...range }: OrderRange & { outcome?: OrderRow["outcome"] },
): Promise<OrderRow[]> {
  return outcome === undefined ? tx.all(listQuery, range) : tx.all(listByOutcomeQuery, { ...range, outcome });
}
