import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OutboxRow, OutboxState } from "./schema.ts";

/** Which messages to list: ids before `before`, the newest first. Ids begin with the time. */
export interface OutboxRange {
  before: string;
  limit: number;
}

const listQuery = query<OutboxRange>()((db, p) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

const listByStateQuery = query<OutboxRange & { state: OutboxState }>()((db, p) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("state", "=", p.state)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of messages, the newest first. */
export function listOutboxRows(
  tx: Tx,
  { state, ...range }: OutboxRange & { state?: OutboxState | undefined },
): Promise<OutboxRow[]> {
  return state === undefined ? tx.all(listQuery, range) : tx.all(listByStateQuery, { ...range, state });
}

const countQuery = query<{ state: OutboxState }>()((db, p) =>
  db.selectFrom("outbox").select(sql<number>`count(*)`.as("count")).where("state", "=", p.state),
);

/** How many messages are in a state that ends. Its cost grows with their number. */
export const countInState = async (tx: Tx, state: "pending" | "failed" | "manual"): Promise<number> =>
  Number((await tx.one(countQuery, { state }))?.count ?? 0);

const oldestQuery = query<object>()((db) =>
  db
    .selectFrom("outbox")
    .select("created_at")
    .where("state", "=", sql.lit("pending"))
    .orderBy("id")
    .limit(sql.lit(1)),
);

/** When the oldest message that is still to be sent was written. */
export const findOldestPending = async (tx: Tx) => (await tx.one(oldestQuery, {}))?.created_at ?? null;
