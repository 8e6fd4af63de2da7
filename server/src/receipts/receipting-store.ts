import type { CompiledStatement, Engine, Query, Statement } from "../store/query.ts";
import type { Store, Tx } from "../store/store.ts";
import { storeWith } from "../store/store-with.ts";
import {
  type ReceiptedTable,
  type ReceiptKey,
  readersOf,
  receiptedTables,
  receiptOf,
} from "./receipted-tables.ts";
import { type AnyRow, insertReceipt, insertReceipts } from "./rows/receipts.ts";

/** Finds the row that a statement wrote, given what it was run with. */
type Written = (tx: Tx, params: object) => Promise<AnyRow | undefined>;

interface Plan {
  table: ReceiptedTable;
  written: Written;
}

const byName = new Map(receiptedTables.map((one) => [one.table, one]));
const plans: Record<Engine, WeakMap<Statement, Plan | null>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
};

/**
 * The same store, which keeps a receipt with each row of `receiptedTables` that is written, in the same transaction. It
 * hangs on the store, not on each verb: none can forget it, and a row without one was not written by the receiver.
 */
export function receiptingStore<S extends Store>(store: S, hashes: ReceiptKey): S {
  return storeWith(store, {
    write: (work, options) => store.write((tx) => work(receiptingTx(tx, hashes)), options),
  });
}

const receiptingTx = (tx: Tx, hashes: ReceiptKey): Tx => ({
  engine: tx.engine,
  all: (query, params) => {
    const list = listOf(query, tx.engine);
    return list === null ? tx.all(query, params) : listWithReceipts(tx, { query, params, list, hashes });
  },
  one: (query, params) => tx.one(query, params),
  run: (query, params) => {
    const plan = planOf(query, tx.engine);
    return plan === null ? tx.run(query, params) : runWithReceipt(tx, { query, params, plan, hashes });
  },
});

async function runWithReceipt<P extends object, R>(
  tx: Tx,
  { query, params, plan, hashes }: { query: Query<P, R>; params: P; plan: Plan; hashes: ReceiptKey },
): Promise<number> {
  const changed = await tx.run(query, params);
  const row = changed === 0 ? undefined : await plan.written(tx, params);
  if (row !== undefined) await insertReceipt(tx, receiptOf(hashes, plan.table, row));
  return changed;
}

/** A statement that inserts a list of rows (`insertList`): the rows are what it was run with. */
interface ListPlan {
  table: ReceiptedTable;
  columns: readonly string[];
}

const lists: Record<Engine, WeakMap<Statement, ListPlan | null>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
};

const listForm = /^\s*insert into "?(\w+)"? \(([^)]*)\)\s+select/;

function listOf(statement: Statement, engine: Engine): ListPlan | null {
  const known = lists[engine].get(statement);
  if (known !== undefined) return known;
  const [, name = "", columns = ""] = listForm.exec(statement.compileFor(engine).text) ?? [];
  const table = byName.get(name);
  const plan =
    table === undefined
      ? null
      : { table, columns: columns.split(", ").map((one) => one.replaceAll('"', "")) };
  lists[engine].set(statement, plan);
  return plan;
}

async function listWithReceipts<P extends object, R>(
  tx: Tx,
  { query, params, list, hashes }: { query: Query<P, R>; params: P; list: ListPlan; hashes: ReceiptKey },
): Promise<R[]> {
  const changed = await tx.all(query, params);
  const rows: unknown[][] = JSON.parse((params as { list: string }).list);
  const receipts = rows.map((row) =>
    receiptOf(hashes, list.table, Object.fromEntries(list.columns.map((name, at) => [name, row[at]]))),
  );
  await insertReceipts(tx, receipts);
  return changed;
}

/** What a statement writes is found out once. */
function planOf(statement: Statement, engine: Engine): Plan | null {
  const known = plans[engine].get(statement);
  if (known !== undefined) return known;
  const made = makePlan(statement.compileFor(engine));
  plans[engine].set(statement, made);
  return made;
}

function makePlan(compiled: CompiledStatement): Plan | null {
  const [, verb, name = ""] = /^(insert into|update) "?(\w+)"?/.exec(compiled.text) ?? [];
  const table = byName.get(name);
  if (table === undefined) return null;
  if (verb === "insert into") return { table, written: insertedBy(compiled) };
  const { changed, changedBy } = readersOf(table);
  if (changed === undefined || changedBy === undefined) return null;
  return {
    table,
    written: async (tx, params) => {
      const id = (params as Record<string, unknown>)[changedBy];
      return id === undefined ? undefined : changed(tx, id);
    },
  };
}

const insertForm = /^insert into "\w+" \(([^)]*)\) values \((?:\?|\$\d+)(?:, (?:\?|\$\d+))*\)(?! ?,)/;

/** An insert of one row whose values are all parameters: the row is what it was run with. */
function insertedBy({ text, values }: CompiledStatement): Written {
  const columns = insertForm
    .exec(text)?.[1]
    ?.split(", ")
    .map((name) => name.replaceAll('"', ""));
  if (columns === undefined) throw new Error(`no receipt can be made of what this writes: ${text}`);
  return async (_, params) => {
    const written = values(params);
    return Object.fromEntries(columns.map((name, index) => [name, written[index]]));
  };
}
