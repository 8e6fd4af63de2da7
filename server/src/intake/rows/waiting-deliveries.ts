import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { ShopName } from "../../words/ids.ts";

/** A delivery that was acknowledged and waits for its shop's own word. */
export interface WaitingDeliveryRow {
  /** Begins with the time, so that rows sort by it. */
  id: string;
  shop: ShopName;
  /** The delivery, sealed: it holds addresses and licences in clear. */
  sealed: Uint8Array;
  received_at: Instant;
  /** When it is tried next. While it is being tried, when another process may take it over. */
  due_at: Instant;
  tries: number;
}

declare module "../../store/schema.ts" {
  interface Schema {
    waiting_deliveries: WaitingDeliveryRow;
  }
}

const insertQuery = query<WaitingDeliveryRow>()((db, p) =>
  db.insertInto("waiting_deliveries").values({
    id: p.id,
    shop: p.shop,
    sealed: p.sealed,
    received_at: p.received_at,
    due_at: p.due_at,
    tries: p.tries,
  }),
);

/** Keeps a delivery until it is confirmed. */
export const insertWaiting = (tx: Tx, row: WaitingDeliveryRow) => tx.run(insertQuery, row);

const dueQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("waiting_deliveries")
    .selectAll()
    .where("due_at", "<=", p.now)
    .orderBy("due_at")
    .limit(p.limit as never),
);

/** The deliveries that are to be tried now, those that wait longest first. */
export const findDueWaiting = (tx: Tx, range: { now: Instant; limit: number }) => tx.all(dueQuery, range);

const forwardQuery = query<{ now: Instant; latest: Instant }>()((db, p) =>
  db.updateTable("waiting_deliveries").set({ due_at: p.now }).where("due_at", ">", p.latest),
);

/** Makes deliveries due that were put off to later than any is: by a clock that ran ahead and was set right. */
export const bringWaitingForward = (tx: Tx, range: { now: Instant; latest: Instant }) =>
  tx.run(forwardQuery, range);

const moveQuery = query<{ id: string; due_at: Instant; tries: number; before: Instant }>()((db, p) =>
  db
    .updateTable("waiting_deliveries")
    .set({ due_at: p.due_at, tries: p.tries })
    .where("id", "=", p.id)
    .where("due_at", "=", p.before),
);

/** Puts off the next try. Returns false when another process did so meanwhile, or the delivery waits no more. */
export const moveWaiting = async (
  tx: Tx,
  row: Pick<WaitingDeliveryRow, "id" | "due_at">,
  next: { due_at: Instant; tries: number },
): Promise<boolean> => (await tx.run(moveQuery, { id: row.id, before: row.due_at, ...next })) === 1;

const deleteQuery = query<{ id: string }>()((db, p) =>
  db.deleteFrom("waiting_deliveries").where("id", "=", p.id),
);

/** Forgets a delivery that was taken or refused. */
export const deleteWaiting = (tx: Tx, id: string) => tx.run(deleteQuery, { id });
