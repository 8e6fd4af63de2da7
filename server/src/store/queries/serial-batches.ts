import { sql } from "kysely";
import type { Instant } from "../../clock.ts";
import type { ProductId } from "../../ids.ts";
import { query } from "../query.ts";
import type { SerialBatchRow } from "../schema-serials.ts";
import type { Tx } from "../store.ts";

/** A batch as it is made: the database numbers it. */
export type NewSerialBatch = Omit<SerialBatchRow, "batch_no" | "revoked_at">;

const insertBatchQuery = query<NewSerialBatch>()((db, p) =>
  db
    .insertInto("serial_batches")
    .values({ batch: p.batch, product: p.product, kind: p.kind, created_at: p.created_at })
    .onConflict((conflict) => conflict.column("batch").doNothing()),
);

/** Makes a batch; answers false when there is one of that name already. */
export const insertSerialBatch = async (tx: Tx, batch: NewSerialBatch): Promise<boolean> =>
  (await tx.run(insertBatchQuery, batch)) === 1;

const batchQuery = query<{ batch: string }>()((db, p) =>
  db.selectFrom("serial_batches").selectAll().where("batch", "=", p.batch),
);

/** The batch of that name, revoked or not. */
export const findSerialBatch = (tx: Tx, batch: string) => tx.one(batchQuery, { batch });

const lockBatchQuery = query<{ batch: string }>()((db, p) =>
  db
    .updateTable("serial_batches")
    .set((row) => ({ batch: row.ref("batch") }))
    .where("batch", "=", p.batch)
    .returningAll(),
);

/** The batch of that name, locked until the transaction ends. */
export const findSerialBatchToChange = (tx: Tx, batch: string) => tx.one(lockBatchQuery, { batch });

const revokeQuery = query<{ batch_no: number; revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("serial_batches")
    .set({ revoked_at: p.revoked_at })
    .where("batch_no", "=", p.batch_no)
    .where("revoked_at", "is", null),
);

/** Revokes a batch; one that is revoked already keeps its first time. */
export const markSerialBatchRevoked = (tx: Tx, revocation: { batch_no: number; revoked_at: Instant }) =>
  tx.run(revokeQuery, revocation);

const insertImportQuery = query<{ batch_no: number; imported_at: Instant }>()((db, p) =>
  db
    .insertInto("serial_imports")
    .values({ batch_no: p.batch_no, imported_at: p.imported_at, serials: 0 })
    .returning("import_no"),
);

/** Begins an import; answers its number. */
export async function insertSerialImport(tx: Tx, begun: { batch_no: number; imported_at: Instant }) {
  const row = await tx.one(insertImportQuery, begun);
  if (row === undefined) throw new Error("an import that was begun has a number");
  return row.import_no;
}

const countQuery = query<{ import_no: number; added: number }>()((db, p) =>
  db
    .updateTable("serial_imports")
    .set({ serials: sql<number>`serials + ${p.added}` })
    .where("import_no", "=", p.import_no),
);

/** Counts serials that an import added. */
export const countImportedSerials = (tx: Tx, added: { import_no: number; added: number }) =>
  tx.run(countQuery, added);

const summariesQuery = query<{ product: ProductId | null; batch: string | null }>()((db, p) =>
  db
    .selectFrom("serial_batches")
    .selectAll("serial_batches")
    .select((b) => [
      b
        .selectFrom("serial_imports")
        .whereRef("serial_imports.batch_no", "=", "serial_batches.batch_no")
        .select(sql<number>`coalesce(sum(serials), 0)`.as("n"))
        .as("serials"),
      b
        .selectFrom("serial_ranges")
        .whereRef("serial_ranges.batch_no", "=", "serial_batches.batch_no")
        .select(sql<number>`count(*)`.as("n"))
        .as("range_count"),
      b
        .selectFrom("serial_ranges")
        .whereRef("serial_ranges.batch_no", "=", "serial_batches.batch_no")
        .select(sql<number | null>`min(first_open)`.as("n"))
        .as("first_open"),
      b
        .selectFrom("serial_ranges")
        .whereRef("serial_ranges.batch_no", "=", "serial_batches.batch_no")
        .select(sql<number | null>`max(last_open)`.as("n"))
        .as("last_open"),
      b
        .selectFrom("pooled_serials")
        .whereRef("pooled_serials.batch_no", "=", "serial_batches.batch_no")
        .select(sql<number>`count(*)`.as("n"))
        .as("pooled"),
    ])
    .where(sql<boolean>`(cast(${p.product} as text) is null or product = ${p.product})`)
    .where(sql<boolean>`(cast(${p.batch} as text) is null or batch = ${p.batch})`)
    .orderBy("serial_batches.batch"),
);

/** A batch with its sums. */
export type SerialBatchSummary = Awaited<ReturnType<typeof findSerialBatchSummaries>>[number];

/** The batches with their sums, by name; of one product or of one name when that is given. */
export const findSerialBatchSummaries = (
  tx: Tx,
  { product, batch }: { product?: ProductId | undefined; batch?: string | undefined },
) => tx.all(summariesQuery, { product: product ?? null, batch: batch ?? null });
