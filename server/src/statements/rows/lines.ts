import { type RawBuilder, sql } from "kysely";
import { ofAccount } from "../../books/rows/partner-movements.ts";
import type { TransferAccount, TransferKind } from "../../ledger/transfer.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";
import type { StatementLineRow } from "./schema.ts";
import type { Account } from "./statements.ts";

const insertQuery = query<StatementLineRow>()((db, p) =>
  db
    .insertInto("statement_lines")
    .values({ number: p.number, line: p.line, transfer_id: p.transfer_id, data: p.data }),
);

/** Appends a line to a statement. */
export const insertStatementLine = (tx: Tx, row: StatementLineRow) => tx.run(insertQuery, row);

const linesQuery = query<{ number: string; after: number; limit: number }>()((db, p) =>
  db
    .selectFrom("statement_lines")
    .selectAll()
    .where("number", "=", p.number)
    .where("line", ">", p.after)
    .orderBy("line")
    .limit(p.limit as never),
);

/** A page of a statement's lines. */
export const listStatementLines = (tx: Tx, page: { number: string; after: number; limit: number }) =>
  tx.all(linesQuery, page);

/** A movement with what explains it: its order and the decision it was booked by, where it is an order's. */
export interface MovementRow {
  id: number;
  kind: TransferKind;
  debit: TransferAccount;
  credit: TransferAccount;
  amount_minor: number;
  cause: string;
  booked_at: Instant;
  source: string | null;
  source_id: string | null;
  order_key: OrderKey | null;
  shop: string | null;
  order_id: string | null;
  product: string | null;
  cycle: "new" | "renewal" | null;
  net_minor: number | null;
  occurred_at: Instant | null;
  /** Of the decision. */
  reason: string | null;
  evidence_kind: string | null;
  winner: PartnerId | null;
  credits: string | null;
  plan: string | null;
}

/** Which movements: in no statement yet, booked before a moment, by number from one on. */
export type MovementPage = Account & { from: number; until: Instant; limit: number };

const isOpen = (booked: RawBuilder<boolean>) =>
  sql<boolean>`${booked} and not exists (select 1 from statement_lines where statement_lines.transfer_id = transfers.id)`;

const movementsQuery = query<MovementPage>()((db, p, engine) => ({
  compile: () =>
    sql<MovementRow>`select transfers.id, transfers.kind, transfers.debit, transfers.credit,
        transfers.amount_minor, transfers.cause, transfers.booked_at, transfers.source, transfers.source_id,
        transfers.order_key, orders.shop, orders.order_id, orders.product, orders.cycle, orders.net_minor,
        orders.occurred_at, decisions.reason, decisions.evidence_kind, decisions.partner_id as winner,
        decisions.credits, decisions.plan
      from transfers
      left join orders on orders.order_key = transfers.order_key
      left join decisions on decisions.order_key = transfers.order_key and decisions.seq = transfers.decision_seq
      where ${ofAccount(engine, p, { fits: isOpen(sql`transfers.booked_at < ${p.until}`), limit: p.limit })}
      order by transfers.id limit ${p.limit}`.compile(db),
}));

/** A page of the movements that are in no statement yet. */
export const listOpenMovements = (tx: Tx, page: MovementPage) => tx.all(movementsQuery, page);

const leftQuery = query<Account & { from: number; until: Instant }>()((db, p, engine) =>
  db
    .selectFrom("transfers")
    .select("id")
    .where(ofAccount(engine, p, { fits: isOpen(sql`transfers.booked_at >= ${p.until}`), limit: sql.lit(1) }))
    .orderBy("id")
    .limit(1),
);

/** The first movement from a number on that was booked too late for a period. */
export const findLeftMovement = async (tx: Tx, about: Account & { from: number; until: Instant }) =>
  (await tx.one(leftQuery, about))?.id;

const creditLineQuery = query<{ partner_id: PartnerId; order_key: OrderKey }>()((db, p) =>
  db
    .selectFrom("transfers")
    .innerJoin("statement_lines", "statement_lines.transfer_id", "transfers.id")
    .select(["statement_lines.number", "statement_lines.line"])
    .where("transfers.partner_id", "=", p.partner_id)
    .where("transfers.order_key", "=", p.order_key)
    .where("transfers.kind", "=", "credit")
    .orderBy("transfers.id")
    .limit(1),
);

/** The line in which an order was first credited to a partner. */
export const findCreditLine = (tx: Tx, about: { partner_id: PartnerId; order_key: OrderKey }) =>
  tx.one(creditLineQuery, about);

const bySourceQuery = query<{ source: string; source_id: string }>()((db, p) =>
  db.selectFrom("transfers").select("id").where("source", "=", p.source).where("source_id", "=", p.source_id),
);

/** The number of the movement that a source booked. */
export async function findMovementOf(tx: Tx, about: { source: string; source_id: string }): Promise<number> {
  const row = await tx.one(bySourceQuery, about);
  if (row === undefined) throw new Error("what was booked stands in the journal");
  return row.id;
}

const sumsQuery = query<{ number: string }>()((db, p) => ({
  compile: () => {
    const sum = (account: string) =>
      sql`sum(case when transfers.credit = ${sql.lit(account)} then transfers.amount_minor
        when transfers.debit = ${sql.lit(account)} then -transfers.amount_minor else 0 end)`;
    return sql<Record<"held_minor" | "payable_minor" | "paid_minor" | "lines" | "owners", number | string>>`
      select ${sum("held")} as held_minor, ${sum("payable")} as payable_minor, ${sum("paid")} as paid_minor,
        count(*) as lines, count(distinct transfers.partner_id) as owners
      from statement_lines join transfers on transfers.id = statement_lines.transfer_id
      where statement_lines.number = ${p.number}`.compile(db);
  },
}));

/** What a statement's movements add up to in the journal: for checking. */
export const sumMovementsOf = (tx: Tx, number: string) => tx.one(sumsQuery, { number });
