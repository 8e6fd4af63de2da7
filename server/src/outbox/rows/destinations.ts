import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { DestinationRow } from "./schema.ts";

const putQuery = query<DestinationRow>()((db, p) =>
  db
    .insertInto("outbox_destinations")
    .values({
      id: p.id,
      partner_id: p.partner_id,
      kind: p.kind,
      network: p.network,
      url: p.url,
      secret: p.secret,
      previous_secret: p.previous_secret,
      previous_until: p.previous_until,
      settings: p.settings,
      status: p.status,
      created_at: p.created_at,
      changed_at: p.changed_at,
    })
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
