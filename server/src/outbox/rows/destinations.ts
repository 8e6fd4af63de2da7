import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { DestinationRow } from "./schema.ts";

const destinationColumns = columnsOf<DestinationRow>({
  id: true,
  partner_id: true,
  kind: true,
  network: true,
  url: true,
  secret: true,
  previous_secret: true,
  previous_until: true,
  settings: true,
  status: true,
  created_at: true,
  changed_at: true,
});

const putQuery = query<DestinationRow>()((db, p) =>
  db
    .insertInto("outbox_destinations")
    .values(valuesOf(destinationColumns, p))
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({
        url: (row) => row.ref("excluded.url"),
        secret: (row) => row.ref("excluded.secret"),
        previous_secret: (row) => row.ref("excluded.previous_secret"),
        previous_until: (row) => row.ref("excluded.previous_until"),
        settings: (row) => row.ref("excluded.settings"),
        status: (row) => row.ref("excluded.status"),
        changed_at: (row) => row.ref("excluded.changed_at"),
      }),
    ),
);

/** Keeps a destination, a new one or one that has changed. */
export const putDestination = (tx: Tx, row: DestinationRow) => tx.run(putQuery, row);

const lockQuery = query<{ id: string }>()((db, p) =>
  db
    .updateTable("outbox_destinations")
    .set((row) => ({ status: row.ref("status") }))
    .where("id", "=", p.id)
    .returningAll(),
);

/** A destination by its id, locked until the transaction ends. */
export const lockDestination = (tx: Tx, id: string) => tx.one(lockQuery, { id });

const byIdQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("outbox_destinations").selectAll().where("id", "=", p.id),
);

/** A destination by its id. */
export const findDestination = (tx: Tx, id: string) => tx.one(byIdQuery, { id });

const pageQuery = query<{ kind: DestinationRow["kind"]; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("outbox_destinations")
    .selectAll()
    .where("id", ">", p.after)
    .where("kind", "=", p.kind)
    .orderBy("id")
    .limit(p.limit as never),
);

/** Destinations of a kind by their ids, which begin with their partner's. */
export const listDestinations = (
  tx: Tx,
  page: { kind: DestinationRow["kind"]; after: string; limit: number },
): Promise<DestinationRow[]> => tx.all(pageQuery, page);
