import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { boughtBy } from "./email-orders.ts";
import { type FormerHash, type FormerKind, type KeyedColumn, keyedColumns } from "./keyed-columns.ts";

/** A pepper that was in force before. */
export interface FormerPepperRow {
  pepper_id: string;
  since: Instant;
  until: Instant;
}

/** A hash that was made with the former pepper and whose text was not seen since. */
export interface FormerHashRow {
  kind: FormerKind;
  hash: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    former_peppers: FormerPepperRow;
    former_hashes: FormerHashRow;
    former_serials: { hash: Uint8Array };
  }
}

const bytesOf = (hash: string): Buffer => Buffer.from(hash, "base64url");

const hashQuery = query<FormerHashRow>()((db, p) =>
  db.selectFrom("former_hashes").select("hash").where("kind", "=", p.kind).where("hash", "=", p.hash),
);
const serialQuery = query<{ hash: Uint8Array }>()((db, p) =>
  db.selectFrom("former_serials").select("hash").where("hash", "=", p.hash),
);

/** Whether anything is kept under the former hash of a text. */
export async function isFormer(tx: Tx, { kind, from }: FormerHash): Promise<boolean> {
  if ((await tx.one(hashQuery, { kind, hash: from })) !== undefined) return true;
  return kind === "serial" && (await tx.one(serialQuery, { hash: bytesOf(from) })) !== undefined;
}

const formerSerialsQuery = (engine: "sqlite" | "postgres") =>
  query<{ hashes: string }>()((db, p) => ({
    compile: () =>
      sql<{ hash: Uint8Array }>`select hash from former_serials where hash in (${
        engine === "sqlite"
          ? sql`select unhex(value) from json_each(${p.hashes})`
          : sql`select decode(value, 'hex') from jsonb_array_elements_text(cast(${p.hashes} as jsonb))`
      })`.compile(db),
  }));
const formerSerialsQueries = {
  sqlite: formerSerialsQuery("sqlite"),
  postgres: formerSerialsQuery("postgres"),
};

/** Those of some hashes that serials in batches have since before the pepper changed. */
export async function findFormerSerials(tx: Tx, hashes: readonly string[]): Promise<string[]> {
  const text = JSON.stringify(hashes.map((hash) => bytesOf(hash).toString("hex")));
  const rows = await tx.all(formerSerialsQueries[tx.engine], { hashes: text });
  return rows.map(({ hash }) => Buffer.from(hash).toString("base64url"));
}

const takeHashQuery = query<FormerHashRow>()((db, p) =>
  db.deleteFrom("former_hashes").where("kind", "=", p.kind).where("hash", "=", p.hash),
);
const takeSerialQuery = query<{ hash: Uint8Array }>()((db, p) =>
  db.deleteFrom("former_serials").where("hash", "=", p.hash),
);

/** Takes a hash off the list of former ones; false where it was not on it. */
export async function takeFormer(tx: Tx, { kind, from }: FormerHash): Promise<boolean> {
  let taken = await tx.run(takeHashQuery, { kind, hash: from });
  if (kind === "serial") taken += await tx.run(takeSerialQuery, { hash: bytesOf(from) });
  return taken > 0;
}

/** One hash and the one that takes its place. */
export interface Rename {
  from: string;
  to: string;
}

const renameQuery = ({ table, column, key }: KeyedColumn) =>
  query<Rename>()((db, p, engine) => ({
    compile: () => {
      const isFormer =
        table === "orders" && column === "email_hash"
          ? boughtBy(engine, sql`${p.from}`)
          : sql`${sql.ref(column)} = ${p.from}`;
      const same = (key ?? []).map((one) => sql`other.${sql.ref(one)} = ${sql.table(table)}.${sql.ref(one)}`);
      const taken =
        key === undefined
          ? sql``
          : sql` and not exists (select 1 from ${sql.table(table)} as other
              where ${sql.join([sql`other.${sql.ref(column)} = ${p.to}`, ...same], sql` and `)})`;
      return sql`update ${sql.table(table)} set ${sql.ref(column)} = ${p.to}
        where ${isFormer}${taken}`.compile(db);
    },
  }));

const renames = keyedColumns.map((one) => ({ ...one, rename: renameQuery(one) }));

/** What orders are compared by with a partner's own address. Nothing else looks for them, so they have no index. */
export const ofBuyers = {
  email: ["email_alias_hash"],
  domain: ["email_domain_hash", "email_site_hash"],
} as const;
const buyerRenames = Object.fromEntries(
  Object.entries(ofBuyers).map(([kind, columns]) => [
    kind,
    columns.map((column) => renameQuery({ kind: "domain", table: "orders", column })),
  ]),
);

const serialBytesQuery = query<{ from: Uint8Array; to: Uint8Array }>()((db, p) => ({
  compile: () =>
    sql`update serials set hash = ${p.to} where hash = ${p.from}
      and not exists (select 1 from serials as other where other.hash = ${p.to})`.compile(db),
}));

/** What partners claim and nobody has ruled on names serials and licences within a document. */
const claimsQuery = query<Rename & { pattern: string }>()((db, p) => ({
  compile: () =>
    sql`update disputes set claim = replace(claim, ${p.from}, ${p.to})
      where state <> 'ruled' and claim like ${p.pattern}`.compile(db),
}));

/** An imported partner's address is a name in its programme. */
const importNamesQuery = query<Rename>()((db, p) => ({
  compile: () => sql`update import_names set name = ${p.to} where name = ${p.from}`.compile(db),
}));

/** On PostgreSQL a licence's name is a row that its sales lock: the new hash gets one of its own. */
const forgetLockQuery = query<{ hash: string }>()((db, p) => ({
  compile: () => sql`delete from order_links where namespace = 'licence' and id = ${p.hash}`.compile(db),
}));

const pepperOfEmailQuery = query<{ to: string }>()((db, p) => ({
  compile: () =>
    sql`update registered_emails set pepper_id = (select pepper_id from peppers where slot = 'in_force')
      where email_hash = ${p.to}`.compile(db),
}));

/** Puts one hash in place of another wherever it stands. */
export async function renameHash(tx: Tx, { kind, from, to }: FormerHash): Promise<void> {
  let ofPartners = 0;
  for (const one of renames) {
    if (one.kind !== kind) continue;
    const renamed = await tx.run(one.rename, { from, to });
    if (one.table === "partners") ofPartners += renamed;
  }
  // An order that is decided again later is compared with the partner once more. Few addresses are a partner's.
  if (ofPartners > 0) for (const rename of buyerRenames[kind] ?? []) await tx.run(rename, { from, to });
  if (kind === "serial") await tx.run(serialBytesQuery, { from: bytesOf(from), to: bytesOf(to) });
  if (kind === "serial" || kind === "licence")
    await tx.run(claimsQuery, { from, to, pattern: `%"${from}"%` });
  if (kind === "licence") await tx.run(forgetLockQuery, { hash: from });
  if (kind === "email") {
    await tx.run(importNamesQuery, { from: `email:${from}`, to: `email:${to}` });
    await tx.run(pepperOfEmailQuery, { to });
  }
}

const buyerQuery = query<{
  from: string;
  domain: string | null;
  alias: string | null;
  site: string | null;
}>()((db, p, engine) => ({
  compile: () =>
    sql`update orders set email_domain_hash = ${p.domain}, email_alias_hash = ${p.alias}, email_site_hash = ${p.site}
        where ${boughtBy(engine, sql`${p.from}`)}`.compile(db),
}));

/** Of a buyer's orders the hashes that are made of the address too. */
export const renameBuyer = (tx: Tx, { from, buyer }: Extract<FormerHash, { kind: "email" }>) =>
  tx.run(buyerQuery, { from, ...buyer });
