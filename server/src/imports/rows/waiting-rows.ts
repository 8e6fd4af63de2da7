import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { ImportRow } from "./schema.ts";

const waitingQuery = query<{ waits_for: string }>()((db, p) =>
  db.selectFrom("import_rows").selectAll().where("waits_for", "=", p.waits_for),
);

/** The rows that wait for a request. */
export const findWaitingRows = (tx: Tx, request: string): Promise<ImportRow[]> =>
  tx.all(waitingQuery, { waits_for: request });

/** A row that waited, with what was decided about it. */
export interface DecidedRow extends ImportRow {
  decided: "booked" | "refused";
}

const decidedQuery = query<{ limit: number }>()((db, p) =>
  db
    .selectFrom("import_rows")
    .innerJoin("money_requests", "money_requests.request_id", "import_rows.waits_for")
    .selectAll("import_rows")
    .select("money_requests.status as decided")
    .where("import_rows.waits_for", "is not", null)
    .where("money_requests.status", "in", ["booked", "refused"])
    .limit(p.limit as never),
);

/** Some rows of which a second person has decided what becomes of them, and that were not worked off yet. */
export const findDecidedRows = (tx: Tx, limit: number): Promise<DecidedRow[]> =>
  tx.all(decidedQuery, { limit }) as Promise<DecidedRow[]>;
