import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { Example } from "./example-order.ts";
import { randomText, sessionId, timedId } from "./load/stripe-ids.ts";

type Ids = Record<(typeof idColumns)[number], string>;

const idColumns = [
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
const tables = ["clicks", "events", "order_links", "orders", "decisions", "transfers"] as const;
// Nothing is due for release while the benchmark runs.
const spreadMilliseconds = 25 * 86_400_000;

/**
 * Fills a database with orders in the likeness of one, in the order in which they would have come, each with ids,
 * click, licence, decision and transfer of its own, evenly spread over the last weeks. Only the durability of each
 * step is left out, for speed; at the end all of it is on the disk. No other connection may be open.
 */
export function preload(
  path: string,
  count: number,
  example: Example,
  tokens: readonly { jti: string; partner: string }[],
): void {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = off;
    pragma synchronous = off;
    pragma locking_mode = exclusive;
    pragma temp_store = memory;
    pragma cache_size = -6000000;
    begin`);
  writeIds(db, count, example.recordedAt, tokens);
  for (const table of tables) multiply(db, table, example);
  db.exec(`
    insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
      select partner_id, currency, unicode(substr(order_key, -1)) % 16, sum(amount_minor), 0, 0 from transfers
      where order_key in (select order_key from ids) group by 1, 2, 3
      on conflict do update set held_minor = held_minor + excluded.held_minor;
    commit;
    pragma journal_mode = wal;`);
  db.close();
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

function writeIds(
  db: DatabaseSync,
  count: number,
  now: number,
  tokens: readonly { jti: string; partner: string }[],
) {
  db.exec(`create temp table ids (${idColumns.join(" text, ")} text, at integer)`);
  const insert = db.prepare(`insert into ids values (${"?, ".repeat(idColumns.length)} ?)`);
  for (let index = 0; index < count; index++) {
    const at = Math.floor(now - spreadMilliseconds + (spreadMilliseconds * index) / (count + 1));
    const token = tokens[index % tokens.length];
    if (token === undefined) throw new Error("a preload needs tokens");
    const ids = idsAt(at, token);
    insert.run(...idColumns.map((name) => ids[name]), at);
  }
}

function idsAt(at: number, token: { jti: string; partner: string }): Ids {
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
    ...token,
  };
}

/** Inserts a row for every order wherever the example has one, with the order's own ids and times. */
function multiply(db: DatabaseSync, table: string, example: Example): void {
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
  const isExamples = (row: Record<string, SQLOutputValue>) =>
    Object.values(row).some((value) => replaced.has(String(value)));
  const rows = db.prepare(`select * from ${table}`).all().filter(isExamples);
  if (rows.length === 0) throw new Error(`the example has no row in ${table}`);
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !(table === "transfers" && column === "id"));
  const selects = rows.map(
    (row) => `select ${columns.map((column) => expression(row[column], column)).join(", ")} from ids`,
  );
  db.exec(`insert into ${table} (${columns.join(", ")}) ${selects.join(" union all ")}`);

  function expression(value: SQLOutputValue | undefined, column: string): string {
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
