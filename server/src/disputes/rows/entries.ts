import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { DisputeEntryRow } from "./schema.ts";

const columns = columnsOf<DisputeEntryRow>({
  dispute_id: true,
  seq: true,
  author: true,
  kind: true,
  text: true,
  file_name: true,
  file_type: true,
  file_bytes: true,
  file: true,
  actor: true,
  at: true,
});

const insertQuery = query<DisputeEntryRow>()((db, p) =>
  db.insertInto("dispute_entries").values(valuesOf(columns, p)),
);

/** Appends an entry. The caller holds the dispute locked. */
export const insertEntry = (tx: Tx, row: DisputeEntryRow) => tx.run(insertQuery, row);

const listQuery = query<{ dispute_id: string }>()((db, p) =>
  db
    .selectFrom("dispute_entries")
    .select(["seq", "author", "kind", "text", "file_name", "file_type", "file_bytes", "actor", "at"])
    .where("dispute_id", "=", p.dispute_id)
    .orderBy("seq"),
);

/** A thread without its files, oldest first. */
export const listEntries = (tx: Tx, dispute_id: string) => tx.all(listQuery, { dispute_id });

/** An entry without its file. */
export type ListedEntry = Awaited<ReturnType<typeof listEntries>>[number];

const oneQuery = query<{ dispute_id: string; seq: number }>()((db, p) =>
  db
    .selectFrom("dispute_entries")
    .selectAll()
    .where("dispute_id", "=", p.dispute_id)
    .where("seq", "=", p.seq),
);

/** One entry with its file. */
export const findEntry = (tx: Tx, of: { dispute_id: string; seq: number }) => tx.one(oneQuery, of);
