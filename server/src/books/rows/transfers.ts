import { type Kysely, sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { type Placeholders, query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import { sharesOf } from "./partner-movements.ts";
import type { BalanceRow, TransferRow } from "./schema.ts";

/** An order's transfer that is to be booked: its id is the database's to give. */
export type NewTransferRow = Omit<TransferRow, "id" | "source" | "source_id">;

/** A transfer that is no order's and is to be booked. */
export type NewPartnerTransferRow = Omit<TransferRow, "id" | "order_key" | "decision_seq">;

const newTransferColumns = columnsOf<NewTransferRow>({
  order_key: true,
  decision_seq: true,
  partner_id: true,
  kind: true,
  debit: true,
  credit: true,
  amount_minor: true,
  currency: true,
  cause: true,
  booked_at: true,
});

const insertTransferQuery = query<NewTransferRow>()(
  (db, p) => db.insertInto("transfers").values(valuesOf(newTransferColumns, p)),
  { does: "insert", table: "transfers" },
);

/** Appends a transfer to the journal. */
export const insertTransfer = (tx: Tx, transfer: NewTransferRow) => tx.run(insertTransferQuery, transfer);

/** The columns of such a row. */
export const newPartnerTransferColumns = columnsOf<NewPartnerTransferRow>({
  partner_id: true,
  kind: true,
  debit: true,
  credit: true,
  amount_minor: true,
  currency: true,
  cause: true,
  booked_at: true,
  source: true,
  source_id: true,
});

const insertPartnerTransferQuery = query<NewPartnerTransferRow>()((db, p) =>
  db.insertInto("transfers").values(valuesOf(newPartnerTransferColumns, p)),
);

/** Appends a transfer that is no order's to the journal. */
export const insertPartnerTransfer = (tx: Tx, transfer: NewPartnerTransferRow) =>
  tx.run(insertPartnerTransferQuery, transfer);

const transfersOfOrderQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db.selectFrom("transfers").selectAll().where("order_key", "=", p.order_key).orderBy("id"),
);

/** The journal of one order, in the order of booking. */
export const findTransfersOfOrder = (tx: Tx, key: OrderKey) =>
  tx.all(transfersOfOrderQuery, { order_key: key });

/** A page of a partner's orders: keys from `first` on and before `before`, the newest first. */
export interface PartnerOrderSpan {
  partner_id: PartnerId;
  first: OrderKey;
  before: OrderKey;
  limit: number;
}

const ordersOfPartnerQuery = query<PartnerOrderSpan>()((db, p, engine) => ({
  compile: () =>
    sharesOf(engine, p.partner_id, {
      within: sql`order_key >= ${p.first} and order_key < ${p.before}`,
      order: "desc",
      limit: p.limit,
    }).compile(db),
}));

/** The keys of orders of which a partner has or had a share, the newest first. */
export const findOrdersOfPartner = async (tx: Tx, page: PartnerOrderSpan): Promise<OrderKey[]> =>
  (await tx.all(ordersOfPartnerQuery, page)).map(({ order_key }) => order_key);

/** The columns of a sum. */
export const balanceColumns = columnsOf<BalanceRow>({
  partner_id: true,
  currency: true,
  shard: true,
  held_minor: true,
  payable_minor: true,
  paid_minor: true,
});

const destinationsOf = (partner: unknown) =>
  sql<string | null>`(select string_agg(id, ' ') from outbox_destinations
    where partner_id = ${partner} and status = 'active')`.as("destinations");

const destinationsQuery = query<Pick<BalanceRow, "partner_id">>()((db, p) =>
  db.selectNoFrom(destinationsOf(p.partner_id)),
);

const addTo = (db: Kysely<Schema>, p: Placeholders<BalanceRow>) =>
  db
    .insertInto("balances")
    .values(valuesOf(balanceColumns, p))
    .onConflict((conflict) =>
      conflict.columns(["partner_id", "currency", "shard"]).doUpdateSet({
        held_minor: sql`balances.held_minor + excluded.held_minor`,
        payable_minor: sql`balances.payable_minor + excluded.payable_minor`,
        paid_minor: sql`balances.paid_minor + excluded.paid_minor`,
      }),
    );
const adds = {
  does: "add",
  table: "balances",
  key: ["partner_id", "currency", "shard"],
  sums: ["held_minor", "payable_minor", "paid_minor"],
} as const;

const addToBalanceQuery = query<BalanceRow>()(
  (db, p) => addTo(db, p).returning(destinationsOf(p.partner_id)),
  { ...adds, tells: destinationsQuery },
);
const addUnheardQuery = query<BalanceRow>()((db, p) => addTo(db, p), adds);

/**
 * Adds what one transaction booked to a partner's sums. Returns the ids of the destinations that hear of this partner's
 * credits: asked along the way, so that a partner without any costs no statement.
 *
 * @param heard false where it is known that nobody has a destination
 */
export async function addToBalance(
  tx: Tx,
  change: BalanceRow,
  { heard = true }: { heard?: boolean } = {},
): Promise<readonly string[]> {
  if (!heard) {
    await tx.run(addUnheardQuery, change);
    return [];
  }
  const destinations = (await tx.one(addToBalanceQuery, change))?.destinations ?? null;
  return destinations === null ? [] : destinations.split(" ");
}
