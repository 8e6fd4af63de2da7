import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PayoutBatchRow } from "./schema.ts";

const columns = columnsOf<PayoutBatchRow>({
  id: true,
  currency: true,
  channel: true,
  state: true,
  minimum_minor: true,
  until_at: true,
  proposed_by: true,
  proposed_at: true,
  approved_by: true,
  approved_at: true,
  format: true,
  execute_on: true,
  exported_by: true,
  file_hash: true,
  exported_at: true,
  settled_at: true,
  cancelled_by: true,
  cancelled_at: true,
});

const insertQuery = query<PayoutBatchRow>()((db, p) =>
  db.insertInto("payout_batches").values(valuesOf(columns, p)),
);

/** Keeps a new batch. */
export const insertBatch = (tx: Tx, row: PayoutBatchRow) => tx.run(insertQuery, row);

const byIdQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("payout_batches").selectAll().where("id", "=", p.id),
);

/** A batch by its id. */
export const findBatch = (tx: Tx, id: string) => tx.one(byIdQuery, { id });

const lockQuery = query<{ id: string }>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set((row) => ({ state: row.ref("state") }))
    .where("id", "=", p.id)
    .returningAll(),
);

/** A batch by its id, locked until the transaction ends. */
export const lockBatch = (tx: Tx, id: string) => tx.one(lockQuery, { id });

const listQuery = query<{ before: string; state: string; limit: number }>()((db, p) =>
  db
    .selectFrom("payout_batches")
    .selectAll()
    .where("id", "<", p.before)
    .where(sql<boolean>`(${p.state} = '' or state = ${p.state})`)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of batches, the newest first; an empty state is any. */
export const listBatchRows = (tx: Tx, page: { before: string; state: string; limit: number }) =>
  tx.all(listQuery, page);

const approveQuery = query<{ id: string; by: string; at: Instant }>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set({ state: sql.lit("approved"), approved_by: p.by, approved_at: p.at })
    .where("id", "=", p.id)
    .where("state", "=", sql.lit("proposed")),
);

/** Notes who approved a batch. */
export const markApproved = (tx: Tx, change: { id: string; by: string; at: Instant }) =>
  tx.run(approveQuery, change);

interface Exported {
  id: string;
  by: string;
  at: Instant;
  format: string;
  execute_on: string;
}

const exportQuery = query<Exported>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set({
      state: sql.lit("exported"),
      exported_by: p.by,
      exported_at: p.at,
      format: p.format,
      execute_on: p.execute_on,
    })
    .where("id", "=", p.id)
    .where("state", "=", sql.lit("approved")),
);

/** Notes that a batch was exported, and in which form. */
export const markExported = (tx: Tx, change: Exported) => tx.run(exportQuery, change);

const fileQuery = query<{ id: string; file_hash: string }>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set({ file_hash: p.file_hash })
    .where("id", "=", p.id)
    .where("file_hash", "is", null),
);

/** Notes which file a batch leaves as. */
export const markFile = (tx: Tx, file: { id: string; file_hash: string }) => tx.run(fileQuery, file);

const settleQuery = query<{ id: string; at: Instant }>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set({ state: sql.lit("settled"), settled_at: p.at })
    .where("id", "=", p.id)
    .where("state", "in", ["approved", "exported"]),
);

/** Notes that nothing of a batch is open. */
export const markSettled = (tx: Tx, change: { id: string; at: Instant }) => tx.run(settleQuery, change);

const cancelQuery = query<{ id: string; by: string; at: Instant }>()((db, p) =>
  db
    .updateTable("payout_batches")
    .set({ state: sql.lit("cancelled"), cancelled_by: p.by, cancelled_at: p.at })
    .where("id", "=", p.id)
    .where("state", "in", ["proposed", "approved"]),
);

/** Notes who cancelled a batch. */
export const markCancelled = (tx: Tx, change: { id: string; by: string; at: Instant }) =>
  tx.run(cancelQuery, change);
