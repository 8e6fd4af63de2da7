import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { type FormerHashRow, type FormerPepperRow, ofBuyers, type Rename } from "./former-hashes.ts";
import { type FormerKind, keyedColumns } from "./keyed-columns.ts";

const lists = {
  sqlite: sql`select json_extract(value, '$[0]') as old, json_extract(value, '$[1]') as new from json_each(`,
  postgres: sql`select value->>0 as old, value->>1 as new from jsonb_array_elements(`,
} as const;

const domainsQuery = (engine: keyof typeof lists, column: string) =>
  query<{ pairs: string }>()((db, p) => ({
    compile: () => {
      const list = engine === "sqlite" ? sql`${p.pairs}` : sql`cast(${p.pairs} as jsonb)`;
      return sql`update orders set ${sql.ref(column)} = named.new
        from (${lists[engine]}${list}) as listed) as named where ${sql.ref(`orders.${column}`)} = named.old`.compile(
        db,
      );
    },
  }));
const domainsQueries = {
  sqlite: ofBuyers.domain.map((column) => domainsQuery("sqlite", column)),
  postgres: ofBuyers.domain.map((column) => domainsQuery("postgres", column)),
};

/** Of all orders the domains of some pairs of hashes, in one walk a column. */
export async function renameDomains(tx: Tx, pairs: readonly Rename[]): Promise<void> {
  if (pairs.length === 0) return;
  const text = JSON.stringify(pairs.map(({ from, to }) => [from, to]));
  for (const rename of domainsQueries[tx.engine]) await tx.run(rename, { pairs: text });
}

const noteQueries = [...Map.groupBy(keyedColumns, ({ kind }) => kind)].map(([kind, columns]) =>
  query<Record<never, never>>()((db) => ({
    compile: () =>
      sql`insert into former_hashes (kind, hash) select ${sql.lit(kind)}, hash from (${sql.join(
        columns.map(
          ({ table, column }) =>
            sql`select ${sql.ref(column)} as hash from ${sql.table(table)}
              where ${sql.ref(column)} is not null and ${sql.ref(column)} <> 'erased'`,
        ),
        sql` union `,
      )}) as known where true on conflict do nothing`.compile(db),
  })),
);

const noteImportNames = query<Record<never, never>>()((db) => ({
  compile: () =>
    sql`insert into former_hashes (kind, hash) select distinct 'email', substr(name, 7) from import_names
      where name like 'email:%' on conflict do nothing`.compile(db),
}));

const noteSerials = query<Record<never, never>>()((db) => ({
  compile: () => sql`insert into former_serials (hash) select hash from serials`.compile(db),
}));

const clearHashes = query<Record<never, never>>()((db) => db.deleteFrom("former_hashes"));
const clearSerials = query<Record<never, never>>()((db) => db.deleteFrom("former_serials"));

/** Lists all hashes there are as former ones, those of an earlier rotation too. */
export async function noteAllHashes(tx: Tx): Promise<void> {
  await tx.run(clearHashes, {});
  await tx.run(clearSerials, {});
  for (const note of noteQueries) await tx.run(note, {});
  await tx.run(noteImportNames, {});
  await tx.run(noteSerials, {});
}

const noteOneQuery = query<FormerHashRow>()((db, p) =>
  db
    .insertInto("former_hashes")
    .values({ kind: p.kind, hash: p.hash })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Lists one hash as a former one. */
export const noteFormer = (tx: Tx, row: FormerHashRow) => tx.run(noteOneQuery, row);

const openClaimsQuery = query<Record<never, never>>()((db) => ({
  compile: () => sql<{ claim: string }>`select claim from disputes where state <> 'ruled'`.compile(db),
}));

/** What partners claim and nobody has ruled on. */
export const listOpenClaims = (tx: Tx) => tx.all(openClaimsQuery, {});

const insertPepperQuery = query<FormerPepperRow>()((db, p) =>
  db
    .insertInto("former_peppers")
    .values({ pepper_id: p.pepper_id, since: p.since, until: p.until })
    .onConflict((conflict) => conflict.column("pepper_id").doUpdateSet({ until: p.until })),
);
const inForceQuery = query<{ pepper_id: string; since: Instant }>()((db, p) =>
  db.updateTable("peppers").set({ pepper_id: p.pepper_id, since: p.since }).where("slot", "=", "in_force"),
);

/** Another pepper is in force from now on. */
export async function replacePepper(
  tx: Tx,
  { before, next, now }: { before: Omit<FormerPepperRow, "until">; next: string; now: Instant },
): Promise<void> {
  await tx.run(insertPepperQuery, { pepper_id: before.pepper_id, since: before.since, until: now });
  await tx.run(inForceQuery, { pepper_id: next, since: now });
}

const formerPeppersQuery = query<Record<never, never>>()((db) =>
  db.selectFrom("former_peppers").selectAll().orderBy("until", "desc"),
);

/** The peppers that were in force before, the last one first. */
export const listFormerPeppers = (tx: Tx) => tx.all(formerPeppersQuery, {});

const countsQuery = query<Record<never, never>>()((db) => ({
  compile: () =>
    sql<{
      kind: FormerKind | "serial in a batch";
      hashes: number;
    }>`select kind, count(*) as hashes from former_hashes group by kind
      union all select 'serial in a batch', count(*) from former_serials`.compile(db),
}));

/** How many former hashes are left, by kind; serials in batches as a kind of their own. */
export const countFormer = (tx: Tx) => tx.all(countsQuery, {});

const orphansQueries = [...Map.groupBy(keyedColumns, ({ kind }) => kind)].map(([kind, columns]) =>
  query<Record<never, never>>()((db) => ({
    compile: () =>
      sql`delete from former_hashes where kind = ${sql.lit(kind)} and hash not in (${sql.join(
        [
          ...columns.map(
            ({ table, column }) =>
              sql`select ${sql.ref(column)} from ${sql.table(table)} where ${sql.ref(column)} is not null`,
          ),
          ...(kind === "email"
            ? [sql`select substr(name, 7) from import_names where name like 'email:%'`]
            : []),
        ],
        sql` union `,
      )})${kind === "licence" || kind === "serial" ? sql` and not exists (select 1 from disputes where state <> 'ruled' and claim like '%"' || hash || '"%')` : sql``}`.compile(
        db,
      ),
  })),
);

/** Takes off the list what stands nowhere any more: it was pruned, erased or replaced. */
export async function dropOrphans(tx: Tx): Promise<void> {
  for (const orphans of orphansQueries) await tx.run(orphans, {});
}
