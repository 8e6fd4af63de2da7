import { sql } from "kysely";
import { columnsOf } from "../../store/columns.ts";
import { doNothing, insertList } from "../../store/insert-list.ts";
import { overList } from "../../store/over-list.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { ImportNameRow, ImportRow } from "./schema.ts";

/** Whom some names mean; each row of the list is programme and name. */
export const findImportNames = overList(
  (items) => sql<ImportNameRow>`select import_names.programme, import_names.name, import_names.partner_id
    from ${items} cross join import_names
    where import_names.programme = item.value ->> 0 and import_names.name = item.value ->> 1`,
);

/** Those of some partners that are there; each row of the list is an id. */
export const findPartnersOf = overList(
  (items) => sql<{ id: PartnerId }>`select partners.id from ${items} cross join partners
    where partners.id = item.value ->> 0`,
);

/** Rows as they were taken last; each row of the list is programme, kind and source id. */
export const findImportRowsOf = overList(
  (items) => sql<ImportRow>`select import_rows.* from ${items} cross join import_rows
    where import_rows.programme = item.value ->> 0 and import_rows.kind = item.value ->> 1
      and import_rows.source_id = item.value ->> 2`,
);

/** Keeps whom names mean, in one statement; the first stands. */
export const insertImportNames = insertList<ImportNameRow>({
  table: "import_names",
  columns: columnsOf<ImportNameRow>({ programme: true, name: true, partner_id: true }),
  numbers: [],
  onConflict: doNothing,
});

const columns = columnsOf<ImportRow>({
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
  waits_for: true,
  waits_row: true,
});

const keys: ReadonlySet<string> = new Set(["programme", "kind", "source_id"] satisfies (keyof ImportRow)[]);
const changes = columns
  .filter((name) => !keys.has(name))
  .map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);

/** Keeps many rows as they now are, each once, in one statement. */
export const putImportRows = insertList<ImportRow>({
  table: "import_rows",
  columns,
  numbers: ["amount_minor", "sale_minor", "earned_at", "due_at", "version", "imported_at"],
  onConflict: sql`(programme, kind, source_id) do update set ${sql.join(changes)}`,
});
