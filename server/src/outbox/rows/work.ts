import { type Kysely, sql } from "kysely";
import { sharingOf } from "../../channel/rows/agreements.ts";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OutboxRow } from "./schema.ts";

const nextDueQuery = query<object>()((db) =>
  db
    .selectFrom("outbox")
    .select("due_at")
    .where("due_at", "is not", null)
    .orderBy("due_at")
    .limit(sql.lit(1)),
);

/** When the next message is due: the one query that an idle worker asks. */
export const findNextDue = async (tx: Tx): Promise<Instant | null> =>
  (await tx.one(nextDueQuery, {}))?.due_at ?? null;

const forwardQuery = query<{ now: Instant; latest: Instant }>()((db, p) =>
  db
    .updateTable("outbox")
    .set({
      due_at: p.now,
      tried_since: sql<Instant | null>`case when tried_since > ${p.now} then ${p.now} else tried_since end`,
    })
    .where("due_at", ">", p.latest),
);

/** Makes messages due that were put off to later than any is: by a clock that ran ahead and was set right. */
export const bringForward = (tx: Tx, range: { now: Instant; latest: Instant }) => tx.run(forwardQuery, range);

const dueDestinationsQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("outbox_destinations")
    .selectAll()
    .select(sharingOf("outbox_destinations.partner_id", p.now).as("sharing"))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("outbox")
          .select("outbox.id")
          .whereRef("outbox.destination_id", "=", "outbox_destinations.id")
          .where("outbox.due_at", "is not", null)
          .where("outbox.due_at", "<=", p.now),
      ),
    )
    .limit(p.limit as never),
);

/** Destinations that have something due: one look into an index for each destination there is. */
export const findDueDestinations = (tx: Tx, range: { now: Instant; limit: number }) =>
  tx.all(dueDestinationsQuery, range);

/** A destination with what its partner is shown. */
export type DueDestination = Awaited<ReturnType<typeof findDueDestinations>>[number];

/** What a worker takes for itself: the oldest that are due, until `until`, when they are due again. */
export interface Claim {
  destination_id: string;
  now: Instant;
  until: Instant;
  lease: string;
  limit: number;
}

const pick = (db: Kysely<Schema>) => db.selectFrom("outbox").select("id").where("due_at", "is not", null);

const claimQuery = (locking: boolean) =>
  query<Claim>()((db, p) => {
    const due = pick(db)
      .where("destination_id", "=", p.destination_id)
      .where("due_at", "<=", p.now)
      .orderBy("due_at")
      .limit(p.limit as never);
    return db
      .updateTable("outbox")
      .set({
        due_at: p.until,
        lease: p.lease,
        attempts: sql<number>`attempts + 1`,
        tried_since: sql<Instant>`coalesce(tried_since, ${p.now})`,
      })
      .where("id", "in", locking ? due.forUpdate().skipLocked() : due)
      .returningAll();
  });

const claimSqliteQuery = claimQuery(false);
const claimPostgresQuery = claimQuery(true);

/** Claims messages of a destination. Those that another worker is claiming just now are passed over. */
export const claimDue = (tx: Tx, claim: Claim): Promise<OutboxRow[]> =>
  tx.all(tx.engine === "sqlite" ? claimSqliteQuery : claimPostgresQuery, claim);

const conversionQuery = query<Pick<OutboxRow, "order_key" | "destination_id" | "seq">>()((db, p) =>
  db
    .selectFrom("outbox")
    .select("conversion_id")
    .where("order_key", "=", p.order_key)
    .where("destination_id", "=", p.destination_id)
    .where("seq", "<", p.seq)
    .where("conversion_id", "is not", null)
    .orderBy("seq", "desc")
    .limit(sql.lit(1)),
);

/** How a destination named the conversion, in its newest answer to an earlier message about the order. */
export const findConversionId = async (
  tx: Tx,
  { order_key, destination_id, seq }: Pick<OutboxRow, "order_key" | "destination_id" | "seq">,
): Promise<string | null> =>
  (await tx.one(conversionQuery, { order_key, destination_id, seq }))?.conversion_id ?? null;
