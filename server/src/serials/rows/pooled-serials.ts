import { type Kysely, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { ProductId } from "../../words/ids.ts";
import type { PooledSerialRow } from "./schema.ts";
import { type Pack, type PackedSerials, packFor } from "./serials.ts";

const filledQuery = query<{ product: ProductId; batch: string | null; now: Instant }>()((db, p) =>
  db
    .selectFrom("serial_batches")
    .select("batch_no")
    .where("product", "=", p.product)
    .where("kind", "=", "pool")
    .where(sql<boolean>`(cast(${p.batch} as text) is null or batch = ${p.batch})`)
    .where(sql<boolean>`(revoked_at is null or revoked_at > ${p.now})`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("pooled_serials")
          .select("pooled_serials.batch_no")
          .whereRef("pooled_serials.batch_no", "=", "serial_batches.batch_no"),
      ),
    )
    .orderBy("batch_no"),
);

/** The pools of a product, or the one of that name, that have a serial left and were not revoked, oldest first. */
export const findFilledPools = (tx: Tx, pool: { product: ProductId; batch: string | null; now: Instant }) =>
  tx.all(filledQuery, pool);

type Place = Pick<PooledSerialRow, "batch_no" | "hash">;

const selectFirst = (db: Kysely<Schema>) =>
  db.selectFrom("pooled_serials").selectAll().orderBy("hash").limit(sql.lit(1));

const afterQuery = query<Place>()((db, p) =>
  selectFirst(db).where("batch_no", "=", p.batch_no).where("hash", ">=", p.hash),
);
const afterLockingQuery = query<Place>()((db, p) =>
  selectFirst(db).where("batch_no", "=", p.batch_no).where("hash", ">=", p.hash).forUpdate().skipLocked(),
);
const firstQuery = query<{ batch_no: number }>()((db, p) =>
  selectFirst(db).where("batch_no", "=", p.batch_no),
);
const firstLockingQuery = query<{ batch_no: number }>()((db, p) =>
  selectFirst(db).where("batch_no", "=", p.batch_no).forUpdate().skipLocked(),
);

// SQLite has one writer at a time, and no words for a lock on a row.

/** The first serial of a pool at or after a place, that nobody else is taking just now; locked. */
export const lockPooledSerialAfter = (tx: Tx, place: Place) =>
  tx.one(tx.engine === "sqlite" ? afterQuery : afterLockingQuery, place);

/** The first serial of a pool that nobody else is taking just now; locked. */
export const lockFirstPooledSerial = (tx: Tx, pool: { batch_no: number }) =>
  tx.one(tx.engine === "sqlite" ? firstQuery : firstLockingQuery, pool);

const deleteQuery = query<Place>()((db, p) =>
  db.deleteFrom("pooled_serials").where("batch_no", "=", p.batch_no).where("hash", "=", p.hash),
);

/** Takes a serial out of its pool for good. */
export const deletePooledSerial = (tx: Tx, { batch_no, hash }: Place) =>
  tx.run(deleteQuery, { batch_no, hash });

type SealedPack = Pack & { batch_no: number; sealed_at: number };

const poolSqliteQuery = query<SealedPack>()((db, p) => ({
  compile: () =>
    sql`insert into pooled_serials (batch_no, hash, sealed)
      select ${p.batch_no}, substr(${p.records}, key * ${p.width} + 1, 16),
        substr(${p.records}, key * ${p.width} + ${p.sealed_at} + 1, value)
      from json_each(${p.numbers}) where value is not null`.compile(db),
}));

const poolPostgresQuery = query<SealedPack>()((db, p) => ({
  compile: () =>
    sql`insert into pooled_serials (batch_no, hash, sealed)
      select ${p.batch_no}, substring(${p.records}::bytea from ((place - 1) * ${p.width}::int + 1)::int for 16),
        substring(${p.records}::bytea from ((place - 1) * ${p.width}::int + ${p.sealed_at}::int + 1)::int for number::int)
      from unnest(${p.numbers}::bigint[]) with ordinality as numbers (number, place)
      where number is not null`.compile(db),
}));

/** Fills a pool: of each record the sealed serial at `sealed_at`, as long as its number says; null passes one over. */
export const insertPooledSerials = (tx: Tx, batch_no: number, packed: PackedSerials, sealed_at: number) =>
  tx.run(tx.engine === "sqlite" ? poolSqliteQuery : poolPostgresQuery, {
    ...packFor(tx, packed),
    batch_no,
    sealed_at,
  });
