import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash } from "../../words/ids.ts";

/** The hashes of one text: the loose one, and the one of its very spelling. */
export interface TextHashes {
  loose: LicenceHash;
  exact: LicenceHash;
}

interface KeptAs {
  /** What the loose hash leads to. */
  known: LicenceHash | null;
  /** The hash of the text itself, where it is one from before that no spelling leads to yet. */
  before: LicenceHash | null;
}

const keptQuery = query<TextHashes>()((db, p) => ({
  compile: () =>
    sql<KeptAs>`select
      (select licence_hash from licence_spellings where loose_hash = ${p.loose}) as known,
      (select licence_hash from exact_licences where licence_hash = ${p.exact}) as before`.compile(db),
}));

/** How a text is kept since before there were loose licences. */
export async function findKeptAs(tx: Tx, text: TextHashes): Promise<KeptAs> {
  return (await tx.one(keptQuery, text)) ?? { known: null, before: null };
}

const anyQuery = query<Record<never, never>>()((db) => ({
  compile: () =>
    sql<{ any: number }>`select case when exists (select 1 from exact_licences)
      or exists (select 1 from licence_spellings) then 1 else 0 end as "any"`.compile(db),
}));

/** Whether any licence is kept by its very text. */
export const anyKeptFromBefore = async (tx: Tx): Promise<boolean> => (await tx.one(anyQuery, {}))?.any === 1;

const spellingQuery = query<{ loose: LicenceHash; licence: LicenceHash }>()((db, p) =>
  db
    .insertInto("licence_spellings")
    .values({ loose_hash: p.loose, licence_hash: p.licence })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Lets all spellings of a licence lead to one hash. */
export const insertSpelling = (tx: Tx, row: { loose: LicenceHash; licence: LicenceHash }) =>
  tx.run(spellingQuery, row);

const exactQuery = query<{ licence: LicenceHash }>()((db, p) =>
  db.selectFrom("exact_licences").select("licence_hash").where("licence_hash", "=", p.licence),
);

const noteExactQuery = query<{ licence: LicenceHash }>()(
  (db, p) =>
    db
      .insertInto("exact_licences")
      .values({ licence_hash: p.licence })
      .onConflict((conflict) => conflict.doNothing()),
  { does: "claim", table: "exact_licences", key: ["licence"], taken: exactQuery },
);

/** A licence is kept by its very text. */
export const noteExact = (tx: Tx, licence: LicenceHash) => tx.run(noteExactQuery, { licence });

const forgetExactQuery = query<{ licence: LicenceHash }>()((db, p) =>
  db.deleteFrom("exact_licences").where("licence_hash", "=", p.licence),
);

/** A spelling leads to it now. */
export const forgetExact = (tx: Tx, licence: LicenceHash) => tx.run(forgetExactQuery, { licence });

const forgetSpellingQuery = query<{ licence: LicenceHash }>()((db, p) =>
  db
    .deleteFrom("licence_spellings")
    .where((or) => or.or([or("licence_hash", "=", p.licence), or("loose_hash", "=", p.licence)])),
);

/** Takes a licence out of both tables: for its erasure. Walks through the spellings, which few installations have. */
export async function forgetSpellings(tx: Tx, licence: LicenceHash): Promise<void> {
  await tx.run(forgetSpellingQuery, { licence });
  await forgetExact(tx, licence);
}

const moveQuery = (table: string, key: readonly string[] | undefined) =>
  query<Move>()((db, p) => ({
    compile: () => {
      const taken =
        key === undefined
          ? sql``
          : sql` and not exists (select 1 from ${sql.table(table)} as other where other.licence_hash = ${p.to}
              and ${sql.join(
                key.map((column) => sql`other.${sql.ref(column)} = ${sql.table(table)}.${sql.ref(column)}`),
                sql` and `,
              )})`;
      return sql`update ${sql.table(table)} set licence_hash = ${p.to} where licence_hash = ${p.from}${taken}`.compile(
        db,
      );
    },
  }));

interface Move {
  from: LicenceHash;
  to: LicenceHash;
}

const moves = [
  moveQuery("orders", undefined),
  moveQuery("clicks", undefined),
  moveQuery("vouchers", undefined),
  moveQuery("registrations", ["product"]),
  moveQuery("registration_conflicts", ["product", "partner_id"]),
  moveQuery("licence_checks", ["product"]),
  moveQuery("customer_licences", ["customer_id", "product", "order_key"]),
  moveQuery("customer_mandates", undefined),
];

const leftoversQuery = query<Move>()((db, p) => ({
  compile: () =>
    sql`insert into registration_conflicts (product, licence_hash, partner_id, jti, seen_at)
      select r.product, ${p.to}, r.partner_id, r.jti, r.bound_at from registrations r
        join registrations s on s.licence_hash = ${p.to} and s.product = r.product
        where r.licence_hash = ${p.from} and r.partner_id <> s.partner_id
      on conflict do nothing`.compile(db),
}));

const dropLeftovers = query<Move>()((db, p) =>
  db.deleteFrom("registrations").where("licence_hash", "=", p.from),
);

/**
 * Moves what is kept under one hash of a licence to another of the same licence. A binding that stands there stays, and
 * one by another partner becomes a claim against it.
 */
export async function moveLicence(tx: Tx, move: Move): Promise<void> {
  for (const one of moves) await tx.run(one, move);
  await tx.run(leftoversQuery, move);
  await tx.run(dropLeftovers, move);
}
