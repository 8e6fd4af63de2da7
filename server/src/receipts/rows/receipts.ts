import { sql } from "kysely";
import { overList } from "../../store/over-list.ts";
import { type Query, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** A keyed hash of a row that the receiver wrote, or a mark. Append-only. */
export interface ReceiptRow {
  receipt: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    receipts: ReceiptRow;
  }
}

const insertQuery = query<ReceiptRow>()((db, p) =>
  db
    .insertInto("receipts")
    .values({ receipt: p.receipt })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps a receipt; one that is there stays. */
export const insertReceipt = (tx: Tx, receipt: string) => tx.run(insertQuery, { receipt });

const insertMany = overList<never>(
  (items) => sql`insert into receipts (receipt) select item.value ->> 0 from ${items} where true
    on conflict do nothing`,
);

/** Keeps many in one statement. */
export const insertReceipts = (tx: Tx, receipts: readonly string[]) =>
  insertMany(
    tx,
    receipts.map((one) => [one]),
  );

const findMany = overList<ReceiptRow>(
  (items) => sql`select receipts.receipt from ${items} cross join receipts
    where receipts.receipt = item.value ->> 0`,
);

/** Which of some receipts are kept. */
export const findReceipts = async (tx: Tx, receipts: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await findMany(
        tx,
        receipts.map((one) => [one]),
      )
    ).map(({ receipt }) => receipt),
  );

const rangeQuery = query<{ first: string; last: string }>()((db, p) =>
  db.selectFrom("receipts").select("receipt").where("receipt", ">=", p.first).where("receipt", "<=", p.last),
);

/** The marks that lie between two texts. */
export const findReceiptsFrom = async (tx: Tx, range: { first: string; last: string }): Promise<string[]> =>
  (await tx.all(rangeQuery, range)).map(({ receipt }) => receipt);

const anyQuery = query<object>()((db) => db.selectFrom("receipts").selectAll().limit(1));

/** Whether there is any. */
export const hasReceipts = async (tx: Tx): Promise<boolean> => (await tx.one(anyQuery, {})) !== undefined;

/** A row of a table that has receipts, by its columns. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** Which rows of a table are walked, and how. */
export interface RowWalk {
  table: string;
  columns: readonly string[];
  /** The primary key, by which it is walked. */
  key: readonly string[];
  /** The column that says when a row was written. */
  at: string;
  /** Which rows are meant, in SQL. */
  which: string;
}

/** Reads the rows of a table a page at a time, in the order of its key. */
export function rowWalkOf(walk: RowWalk): (tx: Tx, from: RowCursor) => Promise<AnyRow[]> {
  const first = pageQuery(walk, false);
  const next = pageQuery(walk, true);
  return (tx, { after, since, limit }) =>
    tx.all(after === undefined ? first : next, { ...after, walkSince: since, walkLimit: limit });
}

/** Where a page begins: behind a row, among those written since an instant. */
export interface RowCursor {
  after: AnyRow | undefined;
  since: number;
  limit: number;
}

function pageQuery({ table, columns, key, at, which }: RowWalk, isLater: boolean): Query<object, AnyRow> {
  return query<Record<string, unknown>>()((db, p) => {
    const listed = sql.join([...new Set([...key, ...columns])].map((name) => sql.ref(name)));
    const names = sql.join(key.map((name) => sql.ref(name)));
    const behind = sql`and (${names}) > (${sql.join(key.map((name) => p[name]))})`;
    return {
      compile: () =>
        sql<AnyRow>`select ${listed} from ${sql.table(table)}
          where ${sql.raw(which)} and ${sql.ref(at)} >= ${p.walkSince} ${isLater ? behind : sql``}
          order by ${names} limit ${p.walkLimit}`.compile(db),
    };
  });
}

/** Reads the rows of a table that an id or a hash names. */
export const rowsReaderOf = (
  table: string,
  columns: readonly string[],
  id: string,
): ((tx: Tx, value: unknown) => Promise<AnyRow[]>) => {
  const byId = query<{ id: unknown }>()((db, p) => ({
    compile: () =>
      sql<AnyRow>`select ${sql.join(columns.map((name) => sql.ref(name)))} from ${sql.table(table)}
        where ${sql.ref(id)} = ${p.id}`.compile(db),
  }));
  return (tx, value) => tx.all(byId, { id: value });
};
