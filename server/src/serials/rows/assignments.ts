import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey, ProductId } from "../../words/ids.ts";
import type { SerialAssignmentRow } from "./schema.ts";

/** An assignment as it is recorded: the database numbers it. */
export type NewSerialAssignment = Omit<SerialAssignmentRow, "assignment_no">;

const insertQuery = query<NewSerialAssignment>()((db, p) =>
  db.insertInto("serial_assignments").values({
    batch_no: p.batch_no,
    first_open: p.first_open,
    last_open: p.last_open,
    partner_id: p.partner_id,
    effective_from: p.effective_from,
    note: p.note,
    recorded_at: p.recorded_at,
  }),
);

/** Appends an assignment to a batch's history. */
export const insertSerialAssignment = (tx: Tx, assignment: NewSerialAssignment) =>
  tx.run(insertQuery, assignment);

const ofBatchQuery = query<{ batch_no: number }>()((db, p) =>
  db
    .selectFrom("serial_assignments")
    .selectAll()
    .where("batch_no", "=", p.batch_no)
    .orderBy("effective_from", "desc")
    .orderBy("assignment_no", "desc")
    .limit(sql.lit(1_000)),
);

/** The assignments of a batch, the newest thousand, the latest in effect first. */
export const findAssignmentsOfBatch = (tx: Tx, batch_no: number) => tx.all(ofBatchQuery, { batch_no });

const movementsQuery = query<{ batch_no: number | null; limit: number }>()((db, p) => ({
  compile: () =>
    sql<SerialAssignmentRow & { batch: string; product: ProductId }>`
      select serial_assignments.*, serial_batches.batch, serial_batches.product
      from serial_assignments join serial_batches on serial_batches.batch_no = serial_assignments.batch_no
      where cast(${p.batch_no} as bigint) is null or serial_assignments.batch_no = ${p.batch_no}
      order by effective_from, assignment_no limit ${p.limit}`.compile(db),
}));

/** The assignments of a batch, or of all, with their batches, in the order in which they came to hold. */
export const listMovementRows = (tx: Tx, about: { batch_no: number | null; limit: number }) =>
  tx.all(movementsQuery, about);

/** An assignment with its batch. */
export type MovementRow = Awaited<ReturnType<typeof listMovementRows>>[number];

const coveringQuery = query<{ batch_no: number; open: number | null }>()((db, p) =>
  db
    .selectFrom("serial_assignments")
    .selectAll()
    .where("batch_no", "=", p.batch_no)
    .where(sql<boolean>`(first_open is null or (first_open <= ${p.open} and last_open >= ${p.open}))`)
    .orderBy("effective_from")
    .orderBy("assignment_no"),
);

/** The assignments of a batch that a serial fell under, by the number on its box: all that it was ever given to. */
export const findAssignmentsOfSerial = (tx: Tx, serial: { batch_no: number; open: number | null }) =>
  tx.all(coveringQuery, serial);

const waitingQuery = query<{ batch_no: number; after: OrderKey }>()((db, p) =>
  db
    .selectFrom((inner) =>
      inner
        .selectFrom("orders")
        .select(["order_key", "licence_hash"])
        .where("outcome", "=", "unattributed")
        .where("order_key", ">", p.after)
        .orderBy("order_key")
        .limit(sql.lit(1_000))
        .as("waiting"),
    )
    .leftJoin("serial_activations", (join) =>
      join
        .onRef("serial_activations.licence_hash", "=", "waiting.licence_hash")
        .on("serial_activations.batch_no", "=", p.batch_no),
    )
    .select(["waiting.order_key", "serial_activations.licence_hash", "serial_activations.product"])
    .orderBy("waiting.order_key"),
);

/**
 * A page of the orders that nobody was credited for, and of each the copy if it was activated with a serial of a batch.
 * It looks at a thousand orders whatever it finds, so that it never takes long.
 */
export const findWaitingOrders = (tx: Tx, page: { batch_no: number; after: OrderKey }) =>
  tx.all(waitingQuery, page);

/** An order that nobody was credited for. */
export type WaitingOrder = Awaited<ReturnType<typeof findWaitingOrders>>[number];
