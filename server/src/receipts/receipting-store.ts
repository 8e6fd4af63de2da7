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
import {
  type AnyRow,
  findReceipts,
  insertReceipt,
  insertReceipts,
  type RowWalk,
  rowsReaderOf,
} from "./rows/receipts.ts";
import { putSeals } from "./rows/row-seals.ts";
import {
  type ChangingTable,
  changingTables,
  type SealedTable,
  sealedTables,
  sealOf,
} from "./sealed-tables.ts";
import { isSealedBy } from "./unsealed.ts";

/** Finds the rows that a statement wrote, given what it was run with. */
type Written = (tx: Tx, params: object) => Promise<AnyRow[]>;

interface Plan {
  table: ReceiptedTable;
  written: Written;
}

/** An update that puts one hash in place of another. */
interface Move {
  table: ReceiptedTable;
  movedBy: string;
  /** The rows that a hash stands in. */
  rows: (tx: Tx, hash: unknown) => Promise<AnyRow[]>;
}

const byName = new Map(receiptedTables.map((one) => [one.table, one]));
const plans: Record<Engine, WeakMap<Statement, Plan | Move | null>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
};

/**
 * The same store, which keeps a receipt with each row of `receiptedTables` that is written, in the same transaction, and
 * gives each row of `sealedTables` its seal. It hangs on the store, not on each verb: none can forget it, and a row without one was not written by the receiver.
 */
export function receiptingStore<S extends Store>(store: S, hashes: Peppers): S {
  return storeWith(store, {
    write: (work, options) => store.write((tx) => work(receiptingTx(tx, hashes)), options),
  });
}

/** What seals and receipts are made with, and what they may have been made with before. */
type Peppers = ReceiptKey & { readonly former?: ReceiptKey | undefined };

const receiptingTx = (tx: Tx, hashes: Peppers): Tx => {
  const keepReceipts = async ({ table, written }: Plan, params: object): Promise<void> => {
    const rows = await written(tx, params);
    const made = rows.map((row) => receiptOf(hashes, table, row));
    const [only] = made;
    if (made.length > 1) await insertReceipts(tx, made);
    else if (only !== undefined) await insertReceipt(tx, only);
  };
  return {
    engine: tx.engine,
    one: (query, params) => tx.one(query, params),
    all(query, params) {
      const plan = planOf(query, tx.engine);
      const found = tx.all(query, params);
      return plan === null || !("written" in plan)
        ? found
        : found.then(async (rows) => {
            await keepReceipts(plan, params);
            return rows;
          });
    },
    // Most statements are of other tables: they cost a look-up, and no promise of their own.
    run(query, params) {
      const sealed = sealedBy(query, tx.engine);
      if (sealed !== null && "rows" in sealed)
        return moveWithSeals(tx, { query, params, move: sealed, hashes });
      if (sealed !== null)
        return tx.run(query, { ...params, seal: sealOf(hashes, sealed, params as AnyRow) });
      const plan = planOf(query, tx.engine);
      if (plan === null) return tx.run(query, params);
      if ("movedBy" in plan) return moveWithReceipts(tx, { query, params, plan, hashes });
      return tx.run(query, params).then(async (changed) => {
        if (changed > 0) await keepReceipts(plan, params);
        return changed;
      });
    },
  };
};

/** Whatever had no receipt under the one hash has none under the other. */
async function moveWithReceipts<P extends object, R>(
  tx: Tx,
  { query, params, plan, hashes }: { query: Query<P, R>; params: P; plan: Move; hashes: ReceiptKey },
): Promise<number> {
  const { table, movedBy, rows } = plan;
  const { from, to } = movedHashes(params, table);
  const before = await rows(tx, from);
  const changed = await tx.run(query, params);
  if (before.length === 0) return changed;
  const receipts = before.map((row) => receiptOf(hashes, table, row));
  const had = await findReceipts(tx, receipts);
  const kept = before.filter((_, index) => had.has(receipts[index] ?? ""));
  await insertReceipts(
    tx,
    kept.map((row) => receiptOf(hashes, table, { ...row, [movedBy]: to })),
  );
  return changed;
}

function movedHashes(params: object, { table }: RowWalk): { from: unknown; to: unknown } {
  const { from, to } = params as { from?: unknown; to?: unknown };
  if (from === undefined || to === undefined)
    throw new Error(`what moves rows of ${table} says from which hash to which`);
  return { from, to };
}

/** Whatever had its seal under the one hash gets another under the other. */
async function moveWithSeals<P extends object, R>(
  tx: Tx,
  { query, params, move, hashes }: { query: Query<P, R>; params: P; move: SealedMove; hashes: Peppers },
): Promise<number> {
  const { table, movedBy, rows } = move;
  const { from, to } = movedHashes(params, table);
  const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
  const own = (await rows(tx, from)).filter((row) => peppers.some((one) => isSealedBy(one, table, row)));
  const changed = await tx.run(query, params);
  const moved = own.map((row) => ({ before: String(row.seal), row: { ...row, [movedBy]: to } }));
  await putSeals(
    tx,
    table,
    moved.map(({ before, row }) => ({ before, row, seal: sealOf(hashes, table, row) })),
  );
  return changed;
}

/** An update that puts one hash in place of another in rows that carry their seals. */
interface SealedMove {
  table: ChangingTable;
  movedBy: string;
  rows: (tx: Tx, hash: unknown) => Promise<AnyRow[]>;
}

const sealedByName = new Map([...sealedTables, ...changingTables].map((one) => [one.table, one]));
const changingByName = new Map(changingTables.map((one) => [one.table, one]));
const sealing: Record<Engine, WeakMap<Statement, SealedTable | SealedMove | null>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
};

/**
 * The table whose rows carry their seals, where a statement writes one with its seal: its parameters are named as the table's
 * columns. Or what it moves there.
 */
function sealedBy(statement: Statement, engine: Engine): SealedTable | SealedMove | null {
  const known = sealing[engine].get(statement);
  if (known !== undefined) return known;
  const found = readSealing(statement.compileFor(engine).text);
  sealing[engine].set(statement, found);
  return found;
}

const value = "(?:\\?|\\$\\d+)";
const insertSealed = /^insert into "?(\w+)"? \([^)]*\bseal\b/;
const updateSealed = new RegExp(`^update "?(\\w+)"? set .*"seal" = ${value}`);
const moveSealed = new RegExp(`^\\s*update "?(\\w+)"? set "?(\\w+)"? = ${value}\\s*where`);

function readSealing(text: string): SealedTable | SealedMove | null {
  const [, written = ""] = insertSealed.exec(text) ?? updateSealed.exec(text) ?? [];
  const sealed = sealedByName.get(written);
  if (sealed !== undefined) return sealed;
  const [, name = "", movedBy = ""] = moveSealed.exec(text) ?? [];
  const table = changingByName.get(name);
  if (table?.movedBy.includes(movedBy) !== true) return null;
  return { table, movedBy, rows: rowsReaderOf(name, [...table.columns, "seal"], movedBy) };
}

/** What a statement writes is found out once. */
function planOf(statement: Statement, engine: Engine): Plan | Move | null {
  const known = plans[engine].get(statement);
  if (known !== undefined) return known;
  const made = makePlan(statement.compileFor(engine));
  plans[engine].set(statement, made);
  return made;
}

function makePlan(compiled: CompiledStatement): Plan | Move | null {
  const [, verb, name = ""] = /^\s*(insert into|update) "?(\w+)"?/.exec(compiled.text) ?? [];
  const table = byName.get(name);
  if (table === undefined) return null;
  if (verb === "insert into") return { table, written: listedBy(compiled) ?? insertedBy(compiled) };
  const { changed, changedBy, moved, movedBy } = readersOf(table);
  if (
    moved !== undefined &&
    movedBy !== undefined &&
    new RegExp(`^update "?\\w+"? set "?${movedBy}"? = `).test(compiled.text)
  )
    return { table, movedBy, rows: moved };
  if (changed === undefined || changedBy === undefined) return null;
  return {
    table,
    written: async (tx, params) => {
      const id = (params as Record<string, unknown>)[changedBy];
      return id === undefined ? [] : (await changed(tx, id)).slice(0, 1);
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
