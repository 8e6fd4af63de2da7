import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { ImportNameRow, ImportRow } from "./schema.ts";

const importColumns = columnsOf<ImportRow>({
  programme: true,
  kind: true,
  source_id: true,
  partner_id: true,
  status: true,
  amount_minor: true,
  currency: true,
  unit: true,
  unit_amount: true,
  account: true,
  sale_id: true,
  sale_minor: true,
  sale_currency: true,
  earned_at: true,
  due_at: true,
  version: true,
  imported_at: true,
});

type RowKey = Pick<ImportRow, "programme" | "kind" | "source_id">;

const rowQuery = query<RowKey>()((db, p) =>
  db
    .selectFrom("import_rows")
    .selectAll()
    .where("programme", "=", p.programme)
    .where("kind", "=", p.kind)
    .where("source_id", "=", p.source_id),
);

/** A row as it was taken last. */
export const findImportRow = (tx: Tx, key: RowKey) => tx.one(rowQuery, key);

const putRowQuery = query<ImportRow>()((db, p) =>
  db
    .insertInto("import_rows")
    .values(valuesOf(importColumns, p))
    .onConflict((conflict) =>
      conflict.columns(["programme", "kind", "source_id"]).doUpdateSet((row) => ({
        partner_id: row.ref("excluded.partner_id"),
        status: row.ref("excluded.status"),
        amount_minor: row.ref("excluded.amount_minor"),
        currency: row.ref("excluded.currency"),
        unit: row.ref("excluded.unit"),
        unit_amount: row.ref("excluded.unit_amount"),
        account: row.ref("excluded.account"),
        sale_id: row.ref("excluded.sale_id"),
        sale_minor: row.ref("excluded.sale_minor"),
        sale_currency: row.ref("excluded.sale_currency"),
        earned_at: row.ref("excluded.earned_at"),
        due_at: row.ref("excluded.due_at"),
        version: row.ref("excluded.version"),
        imported_at: row.ref("excluded.imported_at"),
      })),
    ),
);

/** Keeps a row as it now is. */
export const putImportRow = (tx: Tx, row: ImportRow) => tx.run(putRowQuery, row);

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

const insertNameQuery = query<ImportNameRow>()((db, p) =>
  db
    .insertInto("import_names")
    .values({ programme: p.programme, name: p.name, partner_id: p.partner_id })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps whom a name means; the first stands. */
export const insertImportName = (tx: Tx, row: ImportNameRow) => tx.run(insertNameQuery, row);

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
