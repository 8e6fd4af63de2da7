import { sql } from "kysely";
import type { OrderSpan } from "../../books/rows/ledger-lists.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey } from "../../words/ids.ts";
import { numberAt, onBothEngines, textAt } from "./json-list.ts";
import type { EarningsMonthRow, EarningsProgressRow, EarningsRow } from "./schema.ts";

const deleteQueries = onBothEngines((listOf) =>
  query<{ keys: string }>()((db, p) => ({
    compile: () =>
      sql<EarningsRow>`delete from earnings
        where order_key in (select ${textAt(0)} from ${listOf(p.keys)}) returning *`.compile(db),
  })),
);

const columns = {
  order_key: textAt,
  part: numberAt,
  occurred_at: numberAt,
  partner_id: textAt,
  tier: numberAt,
  product: textAt,
  evidence: textAt,
  reason: textAt,
  campaign: textAt,
  currency: textAt,
  counts: numberAt,
  net_minor: numberAt,
  commission_minor: numberAt,
} as const satisfies Record<keyof EarningsRow, typeof textAt>;
const names = Object.keys(columns) as (keyof EarningsRow)[];

const insertQueries = onBothEngines((listOf) =>
  query<{ rows: string }>()((db, p) => ({
    compile: () =>
      sql`insert into earnings (${sql.join(names.map((name) => sql.ref(name)))})
        select ${sql.join(names.map((name, index) => columns[name](index)))} from ${listOf(p.rows)}`.compile(
        db,
      ),
  })),
);

/** Puts rows of some orders in place of those that are there; returns those that were. */
export async function replaceEarnings(
  tx: Tx,
  orders: readonly OrderKey[],
  rows: readonly EarningsRow[],
): Promise<EarningsRow[]> {
  const before = await tx.all(deleteQueries[tx.engine], {
    keys: JSON.stringify(orders.map((key) => [key])),
  });
  const values = rows.map((row) => names.map((name) => row[name]));
  if (rows.length > 0) await tx.run(insertQueries[tx.engine], { rows: JSON.stringify(values) });
  return before;
}

const addQueries = onBothEngines((listOf) =>
  query<{ rows: string }>()((db, p) => ({
    compile: () =>
      sql`insert into earnings_months (added_by, month, value, currency, orders, net_minor, commission_minor)
        select ${sql.join([0, 1, 2, 3].map(textAt))}, ${sql.join([4, 5, 6].map(numberAt))}
        from ${listOf(p.rows)} where true
        on conflict (added_by, month, value, currency) do update set
          orders = earnings_months.orders + excluded.orders,
          net_minor = earnings_months.net_minor + excluded.net_minor,
          commission_minor = earnings_months.commission_minor + excluded.commission_minor`.compile(db),
  })),
);

/** Adds to months' sums; each is named once. */
export const addToMonths = (tx: Tx, rows: readonly EarningsMonthRow[]) =>
  tx.run(addQueries[tx.engine], {
    rows: JSON.stringify(
      rows.map((row) => [
        row.added_by,
        row.month,
        row.value,
        row.currency,
        row.orders,
        row.net_minor,
        row.commission_minor,
      ]),
    ),
  });

const ordersQuery = query<{ after: OrderKey; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** A page of all orders by key. */
export const walkOrders = (tx: Tx, page: { after: OrderKey; limit: number }) => tx.all(ordersQuery, page);

const newestQuery = query<OrderSpan>()((db, p) =>
  db
    .selectFrom("orders")
    .innerJoin("decisions", (join) =>
      join
        .onRef("decisions.order_key", "=", "orders.order_key")
        .onRef("decisions.seq", "=", "orders.decision_seq"),
    )
    .select(["orders.order_key", "decisions.evidence_kind", "decisions.evidence", "decisions.credits"])
    .where("orders.order_key", ">=", p.first)
    .where("orders.order_key", "<=", p.last),
);

/** The decisions in force of many orders. */
export const findNewestDecisions = (tx: Tx, span: OrderSpan) => tx.all(newestQuery, span);

const batchQueries = onBothEngines((listOf) =>
  query<{ tokens: string }>()((db, p) => ({
    compile: () =>
      sql<{ jti: string; batch: string | null }>`select jti, batch
        from ${listOf(p.tokens)} cross join tokens where jti = ${textAt(0)}`.compile(db),
  })),
);

/** The batches of some tokens. */
export const findBatches = (tx: Tx, tokens: readonly string[]) =>
  tx.all(batchQueries[tx.engine], { tokens: JSON.stringify(tokens.map((jti) => [jti])) });

// Not a `union`, for which SQLite would walk through all decisions in the order of their keys.
const changedQuery = query<{ since: Instant }>()((db, p) =>
  db
    .selectFrom("decisions")
    .select("order_key")
    .where(sql<boolean>`seq > 1`)
    .where("decided_at", ">=", p.since)
    .unionAll(
      db
        .selectFrom("events")
        .innerJoin("order_links", (join) =>
          join
            .onRef("order_links.id", "=", "events.link_id" as never)
            .onRef("order_links.namespace", "=", "events.shop" as never),
        )
        .select("order_links.order_key")
        .where(sql<boolean>`effect <> 'sale'`)
        .where("received_at", ">=", p.since),
    ),
);

/** The orders that were decided again since an instant, or of which money went back or came again. */
export const findChangedOrders = async (tx: Tx, since: Instant): Promise<OrderKey[]> => [
  ...new Set((await tx.all(changedQuery, { since })).map(({ order_key }) => order_key)),
];

const progressQuery = query<object>()((db) => db.selectFrom("earnings_progress").selectAll());

/** How far the rows are made; undefined before the first time. */
export const readProgress = (tx: Tx) => tx.one(progressQuery, {});

const putProgressQuery = query<EarningsProgressRow>()((db, p) =>
  db
    .insertInto("earnings_progress")
    .values({ slot: p.slot, order_key: p.order_key, changed_at: p.changed_at })
    .onConflict((conflict) =>
      conflict.column("slot").doUpdateSet((row) => ({
        order_key: row.ref("excluded.order_key"),
        changed_at: row.ref("excluded.changed_at"),
      })),
    ),
);

/** Notes how far the rows are made. */
export const putProgress = (tx: Tx, row: EarningsProgressRow) => tx.run(putProgressQuery, row);
