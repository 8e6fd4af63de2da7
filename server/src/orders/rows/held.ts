import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

const heldQuery = query<object>()((db) =>
  db
    .selectFrom("orders")
    .select(["reason", sql<number>`count(*)`.as("orders")])
    .where("outcome", "=", sql.lit("held"))
    .groupBy("reason")
    .orderBy("reason"),
);

/** How many orders wait for a person, by reason. Its cost grows with their number, which is small. */
export const countHeld = (tx: Tx): Promise<{ reason: string; orders: number }[]> => tx.all(heldQuery, {});
