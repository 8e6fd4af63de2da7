import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";
import type { ItemState, PayoutItemRow } from "./schema.ts";

const columns = columnsOf<PayoutItemRow>({
  id: true,
  batch_id: true,
  row_no: true,
  partner_id: true,
  currency: true,
  amount_minor: true,
  details_version: true,
  state: true,
  sent: true,
  why: true,
  bank_status: true,
  settled_at: true,
  settled_by: true,
  returned_at: true,
});

const insertQuery = query<PayoutItemRow>()((db, p) =>
  db.insertInto("payout_items").values(valuesOf(columns, p)),
);

/** Keeps a new item. */
export const insertItem = (tx: Tx, row: PayoutItemRow) => tx.run(insertQuery, row);

const ofBatchQuery = query<{ batch_id: string; after: number; limit: number }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .selectAll()
    .where("batch_id", "=", p.batch_id)
    .where("row_no", ">", p.after)
    .orderBy("row_no")
    .limit(p.limit as never),
);

/** A page of a batch's items by row. */
export const listItemsOfBatch = (tx: Tx, page: { batch_id: string; after: number; limit: number }) =>
  tx.all(ofBatchQuery, page);

const pageSize = 1_000;

/** All items of a batch by row, read page by page. A batch has 5,000 at the most. */
export async function readItems(tx: Tx, batch_id: string): Promise<PayoutItemRow[]> {
  const items: PayoutItemRow[] = [];
  for (;;) {
    const page = await listItemsOfBatch(tx, { batch_id, after: items.at(-1)?.row_no ?? 0, limit: pageSize });
    items.push(...page);
    if (page.length < pageSize) return items;
  }
}

const lockQuery = query<{ id: string }>()((db, p) =>
  db
    .updateTable("payout_items")
    .set((row) => ({ state: row.ref("state") }))
    .where("id", "=", p.id)
    .returningAll(),
);

/** An item by its id, locked until the transaction ends. */
export const lockItem = (tx: Tx, id: string) => tx.one(lockQuery, { id });

/** What becomes of an item. */
export type ItemChange = Pick<
  PayoutItemRow,
  "id" | "state" | "why" | "bank_status" | "settled_at" | "settled_by" | "returned_at"
>;

const changeQuery = query<ItemChange>()((db, p) =>
  db
    .updateTable("payout_items")
    .set({
      state: p.state,
      why: p.why,
      bank_status: p.bank_status,
      settled_at: p.settled_at,
      settled_by: p.settled_by,
      returned_at: p.returned_at,
    })
    .where("id", "=", p.id),
);

/** Changes an item that the caller holds locked. */
export const changeItem = (tx: Tx, change: ItemChange) => tx.run(changeQuery, change);

const sendQuery = query<{ batch_id: string }>()((db, p) =>
  db
    .updateTable("payout_items")
    .set({ sent: 1 })
    .where("batch_id", "=", p.batch_id)
    .where("state", "=", sql.lit("open")),
);

/** Notes that what is open of a batch stands in its payment file. */
export const markSent = (tx: Tx, batch_id: string) => tx.run(sendQuery, { batch_id });

const cancelQuery = query<{ batch_id: string }>()((db, p) =>
  db
    .updateTable("payout_items")
    .set({ state: sql.lit("cancelled") as never })
    .where("batch_id", "=", p.batch_id)
    .where("state", "=", sql.lit("open")),
);

/** Gives back what is open of a batch. */
export const markItemsCancelled = (tx: Tx, batch_id: string) => tx.run(cancelQuery, { batch_id });

const reservedQuery = query<object>()((db) =>
  db
    .selectFrom("payout_items")
    .select(["partner_id", "currency"])
    .select((row) => row.fn.sum<number | string>("amount_minor").as("amount_minor"))
    .where("state", "=", sql.lit("open"))
    .groupBy(["currency", "partner_id"]),
);

/** A partner's money in a currency, by its name. */
export const accountName = (partner: string, currency: string): string => `${partner} ${currency}`;

/** What open items reserve, by `accountName`. */
export async function readReserved(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.all(reservedQuery, {});
  return new Map(
    rows.map((row) => [accountName(row.partner_id, row.currency), Number(row.amount_minor)] as const),
  );
}

/** How many items of a batch are in a state, and what they sum to. */
export interface ItemSum {
  state: ItemState;
  sent: 0 | 1;
  items: number;
  amountMinor: number;
}

const sumsQuery = query<{ batch_id: string }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .select(["state", "sent"])
    .select((row) => [
      row.fn.countAll<number | string>().as("items"),
      row.fn.sum<number | string>("amount_minor").as("amount_minor"),
    ])
    .where("batch_id", "=", p.batch_id)
    .groupBy(["state", "sent"]),
);

/** The sums of a batch by its items' states. */
export async function sumItems(tx: Tx, batch_id: string): Promise<ItemSum[]> {
  const rows = await tx.all(sumsQuery, { batch_id });
  return rows.map(({ state, sent, items, amount_minor }) => ({
    state,
    sent,
    items: Number(items),
    amountMinor: Number(amount_minor),
  }));
}

const ofPartnerQuery = query<{ partner_id: PartnerId; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of a partner's items, the newest first. */
export const listItemsOfPartner = (tx: Tx, page: { partner_id: PartnerId; before: string; limit: number }) =>
  tx.all(ofPartnerQuery, page);

const movements = ["confirmed", "returned"] as const;

const paidInQuery = query<{ from: Instant; until: Instant }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .select(["partner_id", "currency"])
    .select((row) => [
      row.fn.sum<number | string>("amount_minor").as("amount_minor"),
      row.fn.countAll<number | string>().as("items"),
    ])
    .where("settled_at", ">=", p.from)
    .where("settled_at", "<", p.until)
    .where("state", "in", movements)
    .groupBy(["partner_id", "currency"]),
);

const returnedInQuery = query<{ from: Instant; until: Instant }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .select(["partner_id", "currency"])
    .select((row) => row.fn.sum<number | string>("amount_minor").as("amount_minor"))
    .where("returned_at", ">=", p.from)
    .where("returned_at", "<", p.until)
    .groupBy(["partner_id", "currency"]),
);

/** What was paid within a time, and what of earlier or later payments came back within it. */
export interface PaidSum {
  partner: PartnerId;
  currency: Currency;
  paidMinor: number;
  returnedMinor: number;
  payments: number;
}

/** Sums of what was paid and came back within a time, by partner and currency. */
export async function sumPaid(tx: Tx, span: { from: Instant; until: Instant }): Promise<PaidSum[]> {
  const sums = new Map<string, PaidSum>();
  const sumOf = (row: { partner_id: PartnerId; currency: Currency }): PaidSum => {
    const name = accountName(row.partner_id, row.currency);
    const known = sums.get(name) ?? {
      partner: row.partner_id,
      currency: row.currency,
      paidMinor: 0,
      returnedMinor: 0,
      payments: 0,
    };
    sums.set(name, known);
    return known;
  };
  for (const row of await tx.all(paidInQuery, span)) {
    const sum = sumOf(row);
    sum.paidMinor = Number(row.amount_minor);
    sum.payments = Number(row.items);
  }
  for (const row of await tx.all(returnedInQuery, span)) sumOf(row).returnedMinor = Number(row.amount_minor);
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
