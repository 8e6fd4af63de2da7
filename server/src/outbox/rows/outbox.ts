import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { OutboxRow } from "./schema.ts";

/** A message that is to be written. */
export type NewOutboxRow = Pick<
  OutboxRow,
  "id" | "destination_id" | "order_key" | "seq" | "kind" | "facts" | "due_at" | "created_at"
>;

const insertQuery = query<NewOutboxRow>()(
  (db, p) =>
    db.insertInto("outbox").values({
      id: p.id,
      destination_id: p.destination_id,
      order_key: p.order_key,
      seq: p.seq,
      kind: p.kind,
      facts: p.facts,
      state: sql.lit("pending"),
      due_at: p.due_at,
      attempts: sql.lit(0),
      created_at: p.created_at,
    }),
  { does: "insert", table: "outbox" },
);

/** Writes a message; the caller holds the order locked. */
export const insertOutboxRow = (tx: Tx, row: NewOutboxRow) => tx.run(insertQuery, row);

const lockToldQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db
    .updateTable("outbox")
    .set((row) => ({ seq: row.ref("seq") }))
    .where("order_key", "=", p.order_key)
    .returning(["destination_id", "seq", "state", "facts"]),
);

/**
 * What was told of an order so far, locked until the transaction ends: who notes a delivery meanwhile waits, and then
 * sees what this transaction has written behind it.
 */
export const lockToldOfOrder = (tx: Tx, order_key: OrderKey) => tx.all(lockToldQuery, { order_key });

const byIdQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("outbox").selectAll().where("id", "=", p.id),
);

/** A message by its id. */
export const findOutboxRow = (tx: Tx, id: string) => tx.one(byIdQuery, { id });

/** What a settlement changes, by whoever may: the worker that holds the lease, or a person. */
export type Settlement = Pick<OutboxRow, "id" | "state" | "due_at" | "settled_at"> & {
  status: number | null;
  problem: string | null;
  conversion_id: string | null;
};

const noteQuery = query<Settlement & { lease: string }>()((db, p) =>
  db
    .updateTable("outbox")
    .set({
      state: p.state,
      due_at: p.due_at,
      lease: sql.lit(null),
      status: p.status,
      problem: p.problem,
      conversion_id: sql<string | null>`coalesce(${p.conversion_id}, conversion_id)`,
      settled_at: p.settled_at,
    })
    .where("id", "=", p.id)
    .where("lease", "=", p.lease),
);

/** Notes what came of an attempt. False when the lease is another's by now, and nothing was noted. */
export const noteAttempt = async (tx: Tx, note: Settlement & { lease: string }): Promise<boolean> =>
  (await tx.run(noteQuery, note)) === 1;

const dropQuery = query<{ id: string; note: string; now: Instant }>()((db, p) =>
  db
    .updateTable("outbox")
    .set({
      state: sql.lit("dropped"),
      due_at: sql.lit(null),
      lease: sql.lit(null),
      note: p.note,
      settled_at: p.now,
    })
    .where("id", "=", p.id)
    .where("state", "in", ["pending", "failed", "manual"]),
);

/** Drops a message that is not delivered; returns whether it was one. */
export const markDropped = async (
  tx: Tx,
  drop: { id: string; note: string; now: Instant },
): Promise<boolean> => (await tx.run(dropQuery, drop)) === 1;

const replayQuery = query<{ id: string; now: Instant }>()((db, p) =>
  db
    .updateTable("outbox")
    .set({
      state: sql.lit("pending"),
      due_at: p.now,
      attempts: sql.lit(0),
      tried_since: sql.lit(null),
      settled_at: sql.lit(null),
    })
    .where("id", "=", p.id)
    .where("state", "in", ["failed", "manual"]),
);

/** Makes a message that was given up due again; returns whether it was one. What it waited for was settled before. */
export const markReplayed = async (tx: Tx, replay: { id: string; now: Instant }): Promise<boolean> =>
  (await tx.run(replayQuery, replay)) === 1;

const wakeQuery = query<Pick<OutboxRow, "order_key" | "destination_id" | "seq"> & { now: Instant }>()(
  (db, p) =>
    db
      .updateTable("outbox")
      .set({ due_at: p.now })
      .where("order_key", "=", p.order_key)
      .where("destination_id", "=", p.destination_id)
      .where("seq", "=", p.seq)
      .where("state", "=", sql.lit("pending"))
      .where("due_at", "is", null),
);

/**
 * Makes the message behind one that is delivered or dropped due. Asked after that was written, in the same
 * transaction: see `lockToldOfOrder`.
 */
export const wakeNext = (
  tx: Tx,
  { order_key, destination_id, seq }: Pick<OutboxRow, "order_key" | "destination_id" | "seq">,
  now: Instant,
) => tx.run(wakeQuery, { order_key, destination_id, seq: seq + 1, now });
