import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { ProductId } from "../../words/ids.ts";
import type { SerialBatchRow, SerialKind } from "./schema.ts";

/** A batch as it is made: the database numbers it. */
export type NewSerialBatch = Omit<SerialBatchRow, "batch_no" | "revoked_at">;

const insertBatchQuery = query<NewSerialBatch>()((db, p) =>
  db
    .insertInto("serial_batches")
    .values({ batch: p.batch, product: p.product, kind: p.kind, created_at: p.created_at })
    .onConflict((conflict) => conflict.column("batch").doNothing()),
);

/** Makes a batch; returns false when there is one of that name already. */
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

/** Begins an import; returns its number. */
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

const summariesQuery = query<{
  product: ProductId | null;
  batch: string | null;
  after: string;
  limit: number;
}>()((db, p) => ({
  compile: () =>
    sql<SerialBatchSummary>`select batches.*,
        (select coalesce(sum(serials), 0) from serial_imports where batch_no = batches.batch_no) as serials,
        (select count(*) from serial_ranges where batch_no = batches.batch_no) as range_count,
        (select min(first_open) from serial_ranges where batch_no = batches.batch_no) as first_open,
        (select max(last_open) from serial_ranges where batch_no = batches.batch_no) as last_open,
        case when kind = 'pool'
          then (select count(*) from pooled_serials where batch_no = batches.batch_no) end as pooled
      from serial_batches as batches
      where (cast(${p.product} as text) is null or product = ${p.product})
        and (cast(${p.batch} as text) is null or batch = ${p.batch})
        and batch > ${p.after}
      order by batch limit ${p.limit}`.compile(db),
}));

/** A batch with its sums. */
export interface SerialBatchSummary {
  batch_no: number;
  batch: string;
  product: ProductId;
  kind: SerialKind;
  created_at: Instant;
  revoked_at: Instant | null;
  /** How many were imported. */
  serials: number;
  range_count: number;
  first_open: number | null;
  last_open: number | null;
  /** What a pool can still give out. */
  pooled: number | null;
}

/** The batches with their sums, by name; of one product or of one name when that is given. */
export const findSerialBatchSummaries = (
  tx: Tx,
  page: { product?: ProductId | undefined; batch?: string | undefined; after: string; limit: number },
): Promise<SerialBatchSummary[]> =>
  tx.all(summariesQuery, { ...page, product: page.product ?? null, batch: page.batch ?? null });
