import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { ImportNameRow, ImportRow } from "./schema.ts";

type RowKey = Pick<ImportRow, "programme" | "kind" | "source_id">;

const nameQuery = query<{ programme: string; name: string }>()((db, p) =>
  db
    .selectFrom("import_names")
    .select("partner_id")
    .where("programme", "=", p.programme)
    .where("name", "=", p.name),
);

/** The partner that a name in another programme means. */
export const findImportName = async (
  tx: Tx,
  name: Omit<ImportNameRow, "partner_id">,
): Promise<PartnerId | undefined> => (await tx.one(nameQuery, name))?.partner_id;

const dueQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("import_rows")
    .selectAll()
    .where(sql<boolean>`account = 'held'`)
    .where("due_at", "is not", null)
    .where("due_at", "<=", p.now)
    .orderBy("due_at")
    .limit(p.limit as never),
);

/** Held amounts whose day has come, the oldest first. */
export const findDueImports = (tx: Tx, page: { now: Instant; limit: number }) => tx.all(dueQuery, page);

const walkQuery = query<RowKey & { limit: number }>()((db, p) =>
  db
    .selectFrom("import_rows")
    .selectAll()
    .where(sql<boolean>`(programme, kind, source_id) > (${p.programme}, ${p.kind}, ${p.source_id})`)
    .orderBy("programme")
    .orderBy("kind")
    .orderBy("source_id")
    .limit(p.limit as never),
);

/** A page of all rows, in the order of their keys. */
export const walkImportRows = (tx: Tx, page: RowKey & { limit: number }) => tx.all(walkQuery, page);
