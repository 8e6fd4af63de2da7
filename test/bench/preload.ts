import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { changingTables, sealedTables, sealOf } from "../../server/src/receipts/sealed-tables.ts";
import { idColumns, idRows, likenessesOf, type Preload, piecesOf, preloadedTables } from "./preload-ids.ts";

/**
 * Fills a SQLite database with orders in the likeness of one, in the order in which they would have come, each with ids,
 * click, licence, decision and transfer of its own, evenly spread over the last weeks. Only the durability of each
 * step is left out, for speed; at the end all of it is on the disk. Indexes beside the keys are made again at the end: rows
 * put into a large one by random keys cost more than all else. No other connection may be open.
 */
export function preload(path: string, wanted: Preload): void {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = off;
    pragma synchronous = off;
    pragma locking_mode = exclusive;
    pragma temp_store = memory;
    pragma cache_size = -6000000;
    create temp table ids (${idColumns.join(" text, ")} text, at integer);
    begin`);
  // What the receiver would have sealed is sealed alike, so that the check of the books has as much to do.
  for (const table of [...sealedTables, ...changingTables])
    db.function(`seal_${table.table}`, { varargs: true }, (...values) =>
      sealOf(
        wanted.hashes,
        table,
        Object.fromEntries(table.columns.map((name, index) => [name, values[index]])),
      ),
    );
  const insert = db.prepare(`insert into ids values (${"?, ".repeat(idColumns.length)} ?)`);
  const inserts = preloadedTables.map((table) => {
    const { columns, selects } = likenessesOf(
      table,
      db.prepare(`select * from ${table}`).all(),
      wanted.example,
    );
    return insertInto(table, columns, selects);
  });
  const held = heldOf(db, wanted);
  const makeIndexes = dropIndexes(db);
  for (const piece of piecesOf(wanted.count)) {
    db.exec("delete from ids");
    for (const { ids, at } of idRows(wanted, piece)) insert.run(...ids, at);
    db.exec(inserts.join("\n"));
    held();
    wanted.onProgress?.(piece.to);
  }
  makeIndexes();
  db.exec("commit; pragma journal_mode = wal;");
  db.close();
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** Adds a piece's credits to the balances: each order has that of the example. */
function heldOf(db: DatabaseSync, { example }: Preload): () => void {
  const credits = db.prepare("select currency, amount_minor from transfers where order_key = ?");
  const [only, ...more] = credits.all(example.order);
  if (only === undefined || more.length > 0) throw new Error("the example has one transfer");
  const add = db.prepare(`
    insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
      select partner, ?, unicode(substr(order_key, -1)) % 16, count(*) * ?, 0, 0 from ids where true group by 1, 2, 3
      on conflict do update set held_minor = held_minor + excluded.held_minor`);
  return () => void add.run(String(only.currency), Number(only.amount_minor));
}

function dropIndexes(db: DatabaseSync): () => void {
  const places = preloadedTables.map(() => "?").join(", ");
  const indexes = db
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in (${places})`,
    )
    .all(...preloadedTables);
  for (const { name } of indexes) db.exec(`drop index ${name}`);
  return () => {
    for (const index of indexes) db.exec(String(index.sql));
  };
}

function insertInto(table: string, columns: readonly string[], selects: readonly string[]): string {
  const sealed = [...sealedTables, ...changingTables].find((one) => one.table === table);
  const all = columns.join(", ");
  const made = selects.join(" union all ");
  if (sealed === undefined) return `insert into ${table} (${all}) ${made};`;
  const seal = `seal_${table}(${sealed.columns.join(", ")})`;
  const values = columns.map((name) => (name === "seal" ? seal : name)).join(", ");
  return `insert into ${table} (${all}) with made (${all}) as (${made}) select ${values} from made;`;
}
