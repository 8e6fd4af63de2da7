import { type RawBuilder, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { SerialHash } from "../../words/ids.ts";

/**
 * Serials in one piece of memory, as `import-record.ts` lays them out: `width` bytes each, the hash first. They are
 * cut up by the database itself, which spares a parameter for each: a million rows a second rather than 400,000.
 */
export interface PackedSerials {
  records: Uint8Array;
  width: number;
  count: number;
  /** One for each record, where they have any: of a serial the number on its box. */
  numbers?: readonly (number | null)[];
}

/** The same as the statements take it. */
export interface Pack {
  records: Uint8Array;
  width: number;
  numbers: string;
}

/** Makes ready for a statement what it cuts records up by: their numbers, as JSON or as an array's text. */
export function packFor(tx: Tx, { records, width, count, numbers }: PackedSerials): Pack {
  const list = numbers === undefined ? nulls(count) : numbers.map((number) => number ?? "null").join();
  return { records, width, numbers: tx.engine === "sqlite" ? `[${list}]` : `{${list}}` };
}

let lastNulls = { count: 0, text: "" };

/** Most portions of an import are of one length. */
function nulls(count: number): string {
  if (lastNulls.count !== count) lastNulls = { count, text: Array(count).fill("null").join() };
  return lastNulls.text;
}

const insertSqliteQuery = query<Pack & { batch_no: number }>()((db, p) => ({
  compile: () =>
    sql`insert into serials (hash, batch_no, open_number)
      select substr(${p.records}, key * ${p.width} + 1, 16), ${p.batch_no}, value
      from json_each(${p.numbers}) where true on conflict do nothing`.compile(db),
}));

const insertPostgres = (p: { [Name in keyof (Pack & { batch_no: number })]: RawBuilder<unknown> }) => sql`
  insert into serials (hash, batch_no, open_number)
  select substring(${p.records}::bytea from ((place - 1) * ${p.width}::int + 1)::int for 16), ${p.batch_no}, number
  from unnest(${p.numbers}::bigint[]) with ordinality as numbers (number, place)`;

const insertPostgresQuery = query<Pack & { batch_no: number }>()((db, p) => ({
  compile: () => sql`${insertPostgres(p)} on conflict do nothing`.compile(db),
}));

const insertNewPostgresQuery = query<Pack & { batch_no: number }>()((db, p) => ({
  compile: () => insertPostgres(p).compile(db),
}));

/** Adds serials to a batch; returns how many were new. They should come in the order of their hashes. */
export const insertSerials = (tx: Tx, batch_no: number, packed: PackedSerials): Promise<number> =>
  tx.run(tx.engine === "sqlite" ? insertSqliteQuery : insertPostgresQuery, {
    ...packFor(tx, packed),
    batch_no,
  });

/**
 * The same on PostgreSQL for serials of which none is stored yet; rejects where one is, and then the transaction is
 * over. Half as many again are written so, since each is not looked up first.
 */
export const insertNewSerials = (tx: Tx, batch_no: number, packed: PackedSerials): Promise<number> =>
  tx.run(insertNewPostgresQuery, { ...packFor(tx, packed), batch_no });

// https://www.postgresql.org/docs/current/errcodes-appendix.html, class 23
const uniqueViolation = "23505";

/** Whether `insertNewSerials` rejected because one was stored already. */
export const isSerialKnown = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === uniqueViolation;

/** A serial of a pack that is stored already. */
export interface KnownSerial {
  /** Its place in the pack, from 0. */
  place: number;
  batch_no: number;
}

const knownSqliteQuery = query<Pack>()((db, p) => ({
  compile: () =>
    sql<KnownSerial>`select numbers.key as place, serials.batch_no
      from json_each(${p.numbers}) as numbers
      cross join serials on serials.hash = substr(${p.records}, numbers.key * ${p.width} + 1, 16)`.compile(
      db,
    ),
}));

const knownPostgresQuery = query<Pack>()((db, p) => ({
  compile: () =>
    sql<KnownSerial>`select (place - 1)::int as place, serials.batch_no
      from unnest(${p.numbers}::bigint[]) with ordinality as numbers (number, place)
      join serials on serials.hash =
        substring(${p.records}::bytea from ((place - 1) * ${p.width}::int + 1)::int for 16)`.compile(db),
}));

/** Those of a pack that are stored already, and in which batch. */
export const findKnownSerials = (tx: Tx, packed: PackedSerials): Promise<KnownSerial[]> =>
  tx.all(tx.engine === "sqlite" ? knownSqliteQuery : knownPostgresQuery, packFor(tx, packed));

const serialQuery = query<{ hash: Uint8Array }>()((db, p) =>
  db
    .selectFrom("serials")
    .innerJoin("serial_batches", "serial_batches.batch_no", "serials.batch_no")
    .select([
      "serials.open_number",
      "serial_batches.batch_no",
      "serial_batches.batch",
      "serial_batches.product",
      "serial_batches.kind",
      "serial_batches.revoked_at",
    ])
    .where("serials.hash", "=", p.hash),
);

/** A hashed serial with its batch. */
export const findSerial = (tx: Tx, hash: SerialHash) =>
  tx.one(serialQuery, { hash: Buffer.from(hash, "base64url") });
