import type { CompiledStatement, Engine, Statement } from "../store/query.ts";
import type { Store, Tx } from "../store/store.ts";
import {
  type ReceiptedTable,
  type ReceiptKey,
  readersOf,
  receiptedTables,
  receiptOf,
} from "./receipted-tables.ts";
import { type AnyRow, insertReceipt, insertReceipts } from "./rows/receipts.ts";

/** Finds the rows that a statement wrote, given what it was run with. */
type Written = (tx: Tx, params: object) => Promise<AnyRow[]>;

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
  return {
    ...store,
    engine: store.engine,
    ...("cold" in store ? { cold: store.cold } : {}),
    write: (work, options) => store.write((tx) => work(receiptingTx(tx, hashes)), options),
  };
}

const receiptingTx = (tx: Tx, hashes: ReceiptKey): Tx => {
  const keepReceipts = async (statement: Statement, params: object): Promise<void> => {
    const plan = planOf(statement, tx.engine);
    if (plan === null) return;
    const rows = await plan.written(tx, params);
    const made = rows.map((row) => receiptOf(hashes, plan.table, row));
    const [only] = made;
    if (made.length > 1) await insertReceipts(tx, made);
    else if (only !== undefined) await insertReceipt(tx, only);
  };
  return {
    engine: tx.engine,
    one: (query, params) => tx.one(query, params),
    async all(query, params) {
      const found = await tx.all(query, params);
      await keepReceipts(query, params);
      return found;
    },
    async run(query, params) {
      const changed = await tx.run(query, params);
      if (changed > 0) await keepReceipts(query, params);
      return changed;
    },
  };
};

/** What a statement writes is found out once. */
function planOf(statement: Statement, engine: Engine): Plan | null {
  const known = plans[engine].get(statement);
  if (known !== undefined) return known;
  const made = makePlan(statement.compileFor(engine));
  plans[engine].set(statement, made);
  return made;
}

function makePlan(compiled: CompiledStatement): Plan | null {
  const [, verb, name = ""] = /^\s*(insert into|update) "?(\w+)"?/.exec(compiled.text) ?? [];
  const table = byName.get(name);
  if (table === undefined) return null;
  if (verb === "insert into") return { table, written: listedBy(compiled) ?? insertedBy(compiled) };
  const { changed, changedBy } = readersOf(table);
  if (changed === undefined || changedBy === undefined) return null;
  return {
    table,
    written: async (tx, params) => {
      const id = (params as Record<string, unknown>)[changedBy];
      const row = id === undefined ? undefined : await changed(tx, id);
      return row === undefined ? [] : [row];
    },
  };
}

const listForm = /^\s*insert into "?\w+"? \(([^)]*)\)\s+select/;

/** An insert of a list of rows (`insertList`): the rows are what it was run with. */
function listedBy({ text }: CompiledStatement): Written | undefined {
  const columns = namesIn(listForm.exec(text)?.[1]);
  if (columns === undefined) return undefined;
  return async (_, params) => {
    const rows: unknown[][] = JSON.parse((params as { list: string }).list);
    return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  };
}

const namesIn = (columns: string | undefined): string[] | undefined =>
  columns?.split(", ").map((name) => name.replaceAll('"', ""));

const insertForm = /^insert into "\w+" \(([^)]*)\) values \((?:\?|\$\d+)(?:, (?:\?|\$\d+))*\)(?! ?,)/;

/** An insert of one row whose values are all parameters: the row is what it was run with. */
function insertedBy({ text, values }: CompiledStatement): Written {
  const columns = namesIn(insertForm.exec(text)?.[1]);
  if (columns === undefined) throw new Error(`no receipt can be made of what this writes: ${text}`);
  return async (_, params) => {
    const written = values(params);
    return [Object.fromEntries(columns.map((name, index) => [name, written[index]]))];
  };
}
