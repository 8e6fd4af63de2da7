import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";
import type { StatementCounterRow, StatementRow } from "./schema.ts";

/** A statement before the database has its row number. */
export type NewStatementRow = Omit<StatementRow, "statement_no">;

const columns = columnsOf<NewStatementRow>({
  number: true,
  series: true,
  year: true,
  serial: true,
  kind: true,
  partner_id: true,
  currency: true,
  period: true,
  period_until: true,
  chain_seq: true,
  closed_at: true,
  due_at: true,
  closing_held_minor: true,
  closing_payable_minor: true,
  closing_paid_minor: true,
  line_count: true,
  scan_from: true,
  accept_by: true,
  document: true,
  hash: true,
});

const insertQuery = query<NewStatementRow>()((db, p) =>
  db.insertInto("statements").values(valuesOf(columns, p)),
);

/** Appends a statement. */
export const insertStatement = (tx: Tx, row: NewStatementRow) => tx.run(insertQuery, row);

const nextQuery = query<Omit<StatementCounterRow, "last">>()((db, p) =>
  db
    .insertInto("statement_counters")
    .values({ series: p.series, year: p.year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(["series", "year"]).doUpdateSet({ last: sql`statement_counters.last + 1` }),
    )
    .returning("last"),
);

/**
 * The next number of a series and year. Who else wants one waits until the transaction ends, and gets this one if it is
 * undone: so there are no gaps.
 */
export async function takeNextSerial(tx: Tx, about: { series: string; year: number }): Promise<number> {
  const row = await tx.one(nextQuery, about);
  if (row === undefined) throw new Error("a counter returns its number");
  return row.last;
}

/** Whose account in which currency. */
export interface Account {
  partner_id: PartnerId;
  currency: Currency;
}

const chainQuery = query<Account & { limit: number }>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("currency", "=", p.currency)
    .orderBy("chain_seq", "desc")
    .limit(p.limit as never),
);

/** The newest statement of an account. */
export const findNewestStatement = (tx: Tx, account: Account) => tx.one(chainQuery, { ...account, limit: 1 });

const scanQuery = query<Account & { closed_before: Instant }>()((db, p) =>
  db
    .selectFrom("statements")
    .select("scan_from")
    .where("partner_id", "=", p.partner_id)
    .where("currency", "=", p.currency)
    .where("closed_at", "<=", p.closed_before)
    .orderBy("chain_seq", "desc")
    .limit(1),
);

/** From which transfer on to look for what is in no statement yet, as the newest statement closed by then tells. */
export const findScanStart = async (tx: Tx, about: Account & { closed_before: Instant }): Promise<number> =>
  (await tx.one(scanQuery, about))?.scan_from ?? 0;

const ofPeriodQuery = query<Account & { period: string }>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("currency", "=", p.currency)
    .where("period", "=", p.period),
);

/** An account's statement of a period. */
export const findStatementOfPeriod = (tx: Tx, about: Account & { period: string }) =>
  tx.one(ofPeriodQuery, about);

const byNumberQuery = query<{ number: string }>()((db, p) =>
  db.selectFrom("statements").selectAll().where("number", "=", p.number),
);

/** The statement of that number. */
export const findStatement = (tx: Tx, number: string) => tx.one(byNumberQuery, { number });

const accountsQuery = query<Account & { limit: number }>()((db, p) => ({
  compile: () =>
    sql<Account>`select partner_id, currency from balances
      where (partner_id, currency) > (${p.partner_id}, ${p.currency})
      group by partner_id, currency order by partner_id, currency limit ${p.limit}`.compile(db),
}));

/** A page of all accounts in which anything was ever booked, by partner and currency. */
export const listAccounts = (tx: Tx, page: Account & { limit: number }) => tx.all(accountsQuery, page);

/** Which statements to list: those that were closed before one, the newest first. An empty text is any. */
export interface StatementPage {
  before: number;
  limit: number;
  partner_id: PartnerId | "";
  period: string;
}

const allQuery = query<StatementPage>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("statement_no", "<", p.before)
    .orderBy("statement_no", "desc")
    .limit(p.limit as never),
);

const ofPartnerQuery = query<StatementPage & { partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("statement_no", "<", p.before)
    .where(sql<boolean>`(${p.period} = '' or period = ${p.period})`)
    .orderBy("statement_no", "desc")
    .limit(p.limit as never),
);

const inPeriodQuery = query<StatementPage>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("period", "=", p.period)
    .where("statement_no", "<", p.before)
    .orderBy("statement_no", "desc")
    .limit(p.limit as never),
);

/** A page of statements, the newest first. */
export function listStatementRows(tx: Tx, page: StatementPage) {
  if (page.partner_id !== "") return tx.all(ofPartnerQuery, { ...page, partner_id: page.partner_id });
  return tx.all(page.period === "" ? allQuery : inPeriodQuery, page);
}

const walkQuery = query<{ after: number; limit: number }>()((db, p) =>
  db
    .selectFrom("statements")
    .selectAll()
    .where("statement_no", ">", p.after)
    .orderBy("statement_no")
    .limit(p.limit as never),
);

/** A page of all statements in the order of closing: for checking. */
export const walkStatements = (tx: Tx, page: { after: number; limit: number }) => tx.all(walkQuery, page);

const countersQuery = query<object>()((db) =>
  db
    .selectFrom("statement_counters")
    .select(["series", "year", "last"])
    .select((row) =>
      row
        .selectFrom("statements")
        .whereRef("statements.series", "=", "statement_counters.series")
        .whereRef("statements.year", "=", "statement_counters.year")
        .select(({ fn }) => fn.countAll<number | string>().as("given"))
        .as("given"),
    ),
);

/** Of each series and year the last number, and how many were given: for checking. */
export const listCounters = (tx: Tx) => tx.all(countersQuery, {});
