import type { CompiledStatement, Engine, Statement } from "../store/query.ts";
import { perStatement, type Write } from "../store/statement-writes.ts";
import type { Tx } from "../store/store.ts";
import { type ReceiptedTable, readersOf, receiptedTables } from "./receipted-tables.ts";
import { type AnyRow, rowsReaderOf } from "./rows/receipts.ts";
import { type ChangingTable, changingTables, type SealedTable, sealedTables } from "./sealed-tables.ts";

/** What is kept beside or in the rows that a statement writes; null where nothing is. */
export type KeptWrite =
  /** A receipt of each row that was written: `written` finds them, given what the statement was run with. */
  | { keeps: "receipts"; table: ReceiptedTable; written: (tx: Tx, params: object) => Promise<AnyRow[]> }
  /** A receipt of each row in which one hash takes the place of another. */
  | { keeps: "moved receipts"; table: ReceiptedTable; movedBy: string; rows: RowsOfHash }
  /** The seal in the row: the statement's parameters are named as the table's columns. */
  | { keeps: "seal"; table: SealedTable }
  /** The seal of each row in which one hash takes the place of another. */
  | { keeps: "moved seals"; table: ChangingTable; movedBy: string; rows: RowsOfHash }
  | null;

/** The rows that a hash stands in. */
type RowsOfHash = (tx: Tx, hash: unknown) => Promise<AnyRow[]>;

/** What is kept of a statement's rows, read from its text once. */
export const keptWriteOf: (statement: Statement, engine: Engine) => KeptWrite = perStatement(
  (compiled, writes) => {
    const write = writes.find(({ isWhole }) => isWhole);
    return write === undefined ? null : (sealedBy(write) ?? receiptedBy(compiled, write));
  },
);

const sealedByName = new Map([...sealedTables, ...changingTables].map((one) => [one.table, one]));
const changingByName = new Map(changingTables.map((one) => [one.table, one]));

function sealedBy({ does, table: name, columns, isLimited }: Write): KeptWrite {
  const seal = columns.find((one) => one.name === "seal");
  const sealed = sealedByName.get(name);
  if (sealed !== undefined && (does === "insert" ? seal !== undefined : seal?.isParameter))
    return { keeps: "seal", table: sealed };
  const table = changingByName.get(name);
  const [only, ...others] = columns;
  const isMove = does === "update" && others.length === 0 && only?.isParameter === true && isLimited;
  if (!isMove || table?.movedBy.includes(only.name) !== true) return null;
  const rows = rowsReaderOf(name, [...table.columns, "seal"], only.name);
  return { keeps: "moved seals", table, movedBy: only.name, rows };
}

const receiptedByName = new Map(receiptedTables.map((one) => [one.table, one]));

function receiptedBy(compiled: CompiledStatement, { does, table: name, columns, from }: Write): KeptWrite {
  const table = receiptedByName.get(name);
  if (table === undefined || does === "delete") return null;
  if (does === "insert") {
    if (from === "other") throw new Error(`no receipt can be made of what this writes: ${compiled.text}`);
    const names = columns.map((one) => one.name);
    const valuesOf = from === "query" ? listedValues : (params: object) => [compiled.values(params)];
    const rowsOf = (params: object) =>
      valuesOf(params).map((values) => Object.fromEntries(names.map((one, at) => [one, values[at]])));
    return { keeps: "receipts", table, written: async (_, params) => rowsOf(params) };
  }
  const { changed, changedBy, moved, movedBy } = readersOf(table);
  if (moved !== undefined && movedBy !== undefined && columns[0]?.name === movedBy)
    return { keeps: "moved receipts", table, movedBy, rows: moved };
  if (changed === undefined || changedBy === undefined) return null;
  const written = async (tx: Tx, params: object): Promise<AnyRow[]> => {
    const id = (params as Record<string, unknown>)[changedBy];
    return id === undefined ? [] : (await changed(tx, id)).slice(0, 1);
  };
  return { keeps: "receipts", table, written };
}

/** The rows of an insert of a list (`insertList`) are what it is run with. */
const listedValues = (params: object): unknown[][] => JSON.parse((params as { list: string }).list);
