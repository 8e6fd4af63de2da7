import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import type { DisputeRow, DisputeState } from "./schema.ts";

const columns = columnsOf<DisputeRow>({
  id: true,
  partner_id: true,
  claim: true,
  order_key: true,
  state: true,
  opened_at: true,
  due_at: true,
  remind_at: true,
  ruled_at: true,
  granted: true,
  entries: true,
});

const insertQuery = query<DisputeRow>()((db, p) => db.insertInto("disputes").values(valuesOf(columns, p)));

/** Keeps a new dispute. */
export const insertDispute = (tx: Tx, row: DisputeRow) => tx.run(insertQuery, row);

const byIdQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("disputes").selectAll().where("id", "=", p.id),
);

/** A dispute by its id. */
export const findDispute = (tx: Tx, id: string) => tx.one(byIdQuery, { id });

const lockQuery = query<{ id: string }>()((db, p) =>
  db
    .updateTable("disputes")
    .set((row) => ({ entries: row.ref("entries") }))
    .where("id", "=", p.id)
    .returningAll(),
);

/** A dispute by its id, locked until the transaction ends. */
export const lockDispute = (tx: Tx, id: string) => tx.one(lockQuery, { id });

/** What changes of a dispute. */
export type DisputeChange = Omit<DisputeRow, "partner_id" | "claim" | "opened_at">;

const changeQuery = query<DisputeChange>()((db, p) =>
  db
    .updateTable("disputes")
    .set({
      order_key: p.order_key,
      state: p.state,
      due_at: p.due_at,
      remind_at: p.remind_at,
      ruled_at: p.ruled_at,
      granted: p.granted,
      entries: p.entries,
    })
    .where("id", "=", p.id),
);

/** Changes a dispute that the caller holds locked. */
export const changeDispute = (tx: Tx, change: DisputeChange) => tx.run(changeQuery, change);

interface ListPage {
  before: string;
  /** An empty text is any partner. */
  partner: string;
  limit: number;
}

const listQuery = query<ListPage>()((db, p) =>
  db
    .selectFrom("disputes")
    .selectAll()
    .where("id", "<", p.before)
    .where(sql<boolean>`(${p.partner} = '' or partner_id = ${p.partner})`)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

const listOfStateQuery = query<ListPage & { state: DisputeState }>()((db, p) =>
  db
    .selectFrom("disputes")
    .selectAll()
    .where("state", "=", p.state)
    .where("id", "<", p.before)
    .where(sql<boolean>`(${p.partner} = '' or partner_id = ${p.partner})`)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of disputes, the newest first, of all states or of one. */
export const listDisputeRows = (
  tx: Tx,
  { state, ...page }: ListPage & { state?: DisputeState | undefined },
): Promise<DisputeRow[]> =>
  state === undefined ? tx.all(listQuery, page) : tx.all(listOfStateQuery, { ...page, state });

const ofPartnerQuery = query<{ partner_id: PartnerId; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("disputes")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of a partner's disputes, the newest first. */
export const listDisputesOfPartner = (
  tx: Tx,
  page: { partner_id: PartnerId; before: string; limit: number },
) => tx.all(ofPartnerQuery, page);

/** Where a page of the queue begins: behind this one. */
export interface DueCursor {
  due_at: Instant;
  id: string;
}

const dueQuery = query<DueCursor & { limit: number }>()((db, p) =>
  db
    .selectFrom("disputes")
    .selectAll()
    .where("due_at", "is not", null)
    .where(sql<boolean>`(due_at, id) > (${p.due_at}, ${p.id})`)
    .orderBy("due_at")
    .orderBy("id")
    .limit(p.limit as never),
);

/** What waits for the vendor, the most urgent first. */
export const listDueDisputes = (tx: Tx, page: DueCursor & { limit: number }) => tx.all(dueQuery, page);

const toRemindQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("disputes")
    .select("id")
    .where("remind_at", "is not", null)
    .where("remind_at", "<=", p.now)
    .orderBy("remind_at")
    .limit(p.limit as never),
);

/** Disputes whose reminder is due. */
export const listToRemind = (tx: Tx, page: { now: Instant; limit: number }) => tx.all(toRemindQuery, page);

const ofOrderQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db
    .selectFrom("disputes")
    .selectAll()
    .where("order_key", "=", p.order_key)
    .orderBy("id")
    .limit(sql.lit(200)),
);

/** The disputes about one order, oldest first. */
export const listDisputesOfOrder = (tx: Tx, order_key: OrderKey) => tx.all(ofOrderQuery, { order_key });

const unruledQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("disputes")
    .select((row) => row.fn.countAll<number | string>().as("count"))
    .where("partner_id", "=", p.partner_id)
    .where("state", "<>", sql.lit("ruled")),
);

/** How many disputes of a partner are not ruled on. */
export const countUnruled = async (tx: Tx, partner_id: PartnerId): Promise<number> =>
  Number((await tx.one(unruledQuery, { partner_id }))?.count ?? 0);

const contestedQuery = query<{ partner_id: PartnerId; currency: string }>()((db, p) => ({
  compile: () =>
    sql<{ payable_minor: number | string }>`select
        sum(case when t.credit = 'payable' then t.amount_minor when t.debit = 'payable' then -t.amount_minor else 0 end) as payable_minor
      from transfers t
      where t.partner_id = ${p.partner_id} and t.currency = ${p.currency} and t.order_key in (
        select d.order_key from disputes d where d.state <> 'ruled' and d.order_key is not null)
      group by t.order_key`.compile(db),
}));

/** What a partner has payable, order by order, of orders that are contested. */
export const listContested = (tx: Tx, of: { partner_id: PartnerId; currency: string }) =>
  tx.all(contestedQuery, of);
