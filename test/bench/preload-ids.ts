import { randomBytes } from "node:crypto";
import type { Hashes } from "../../server/src/secrets/hashes.ts";
import type { Example } from "./example-order.ts";
import { randomText, sessionId, timedId } from "./load/stripe-ids.ts";

/** Columns of the table `ids` that a preload makes: what is each order's own. Beside them stands `at`. */
export const idColumns = [
  "order_key",
  "session",
  "payment",
  "event",
  "reference",
  "licence",
  "email",
  "jti",
  "partner",
] as const;

/** The tables that have rows for every order. */
export const preloadedTables = [
  "clicks",
  "events",
  "order_links",
  "orders",
  "decisions",
  "transfers",
] as const;

/** How many orders are made at a time: progress is told after each, and memory stays the same. */
export const perPiece = 250_000;

/** A token that orders are credited by. */
export interface PreloadToken {
  jti: string;
  partner: string;
}

/** What is to be stored. */
export interface Preload {
  count: number;
  example: Example;
  tokens: readonly PreloadToken[];
  /** What the receiver seals events and decisions with. */
  hashes: Pick<Hashes, "receiptKey">;
  /** Hears after each piece how many orders are stored. */
  onProgress?: (orders: number) => void;
}

// Nothing is due for release while the benchmark runs.
const spreadMilliseconds = 25 * 86_400_000;

/** The ids of some of the orders, evenly spread over the last weeks: a row each, in the order of `idColumns`, then when. */
export function* idRows(
  { count, example, tokens }: Preload,
  { from, to }: { from: number; to: number },
): Generator<{ ids: string[]; at: number }> {
  for (let index = from; index < to; index++) {
    const at = Math.floor(
      example.recordedAt - spreadMilliseconds + (spreadMilliseconds * index) / (count + 1),
    );
    const token = tokens[index % tokens.length];
    if (token === undefined) throw new Error("a preload needs tokens");
    const ids = idsAt(at, token);
    yield { ids: idColumns.map((name) => ids[name]), at };
  }
}

function idsAt(at: number, token: PreloadToken): Record<(typeof idColumns)[number], string> {
  const seconds = Math.floor(at / 1000);
  const time = at.toString(36).padStart(9, "0");
  return {
    order_key: time + randomBytes(10).toString("hex"),
    session: sessionId(),
    payment: timedId("pi_3", seconds),
    event: timedId("evt_1", seconds),
    reference: time + randomBytes(16).toString("hex"),
    licence: randomText(43),
    email: randomText(43),
    jti: token.jti,
    partner: token.partner,
  };
}

/** The pieces that a number of orders is made in. */
export function* piecesOf(count: number): Generator<{ from: number; to: number }> {
  for (let from = 0; from < count; from += perPiece) yield { from, to: Math.min(count, from + perPiece) };
}

/** A row of a table, as it was read. */
export type ExampleRow = Record<string, unknown>;

/**
 * Of a table's rows those of the example, as lists of columns and, for each row, of SQL that makes the like of it from a
 * row of `ids`.
 */
export function likenessesOf(table: string, rows: readonly ExampleRow[], example: Example) {
  const replaced = new Map<string, string>([
    [example.order, "order_key"],
    [example.session, "session"],
    [example.payment, "payment"],
    [example.event, "event"],
    [example.reference, "reference"],
    [example.licence, "licence"],
    [example.email, "email"],
    [example.token.jti, "jti"],
    [example.token.partner, "partner"],
  ]);
  const own = rows.filter((row) => Object.values(row).some((value) => replaced.has(String(value))));
  if (own.length === 0) throw new Error(`the example has no row in ${table}`);
  const columns = Object.keys(own[0] ?? {}).filter((column) => !(table === "transfers" && column === "id"));
  const selects = own.map(
    (row) => `select ${columns.map((column) => expression(row[column], column)).join(", ")} from ids`,
  );
  return { columns, selects };

  function expression(value: unknown, column: string): string {
    if (value === null || value === undefined) return "null";
    if (typeof value === "number" || typeof value === "bigint")
      return column.endsWith("_at") && Number(value) > 0
        ? `at + ${Number(value) - example.recordedAt}`
        : String(value);
    const text = String(value);
    const exact = replaced.get(text);
    if (exact !== undefined) return exact;
    let made = `'${text.replaceAll("'", "''")}'`;
    for (const [old, name] of replaced) if (text.includes(old)) made = `replace(${made}, '${old}', ${name})`;
    return made;
  }
}
