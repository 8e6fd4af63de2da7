import { sql } from "kysely";
import { boughtBy } from "../../secrets/rows/email-orders.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, LicenceHash, OrderKey } from "../../words/ids.ts";

/** Tables that hold a licence's keyed hash and nothing that the accounts need; each with the time its rows tell. */
const licenceTables = [
  { table: "registrations", at: "bound_at" },
  { table: "registration_conflicts", at: "seen_at" },
  { table: "clicks", at: "clicked_at" },
  { table: "licence_checks", at: "checked_at" },
  { table: "customer_licences", at: "added_at" },
  { table: "customer_mandates", at: "given_at" },
  { table: "licence_terms", at: "told_at" },
  { table: "serial_activations", at: "activated_at" },
  { table: "serial_conflicts", at: "seen_at" },
] as const;
/** A click only loses its licence; which licence has which serial is append-only, or a serial could be used twice. */
const erased: ReadonlySet<string> = new Set([
  "registrations",
  "registration_conflicts",
  "licence_checks",
  "customer_licences",
  "customer_mandates",
  "licence_terms",
]);

/** One of them. */
export type LicenceTable = (typeof licenceTables)[number]["table"];

/** A row that a person's licence stands in, without any hash. */
export interface FoundRow {
  table: LicenceTable;
  product: string | null;
  at: number;
}

const licenceRowsQuery = query<{ licence_hash: LicenceHash }>()((db, p) => ({
  compile: () =>
    sql<FoundRow>`${sql.join(
      licenceTables.map(
        ({ table, at }) =>
          sql`select ${sql.lit(table)} as "table", product, ${sql.ref(at)} as at from ${sql.table(table)}
            where licence_hash = ${p.licence_hash}`,
      ),
      sql` union all `,
    )}`.compile(db),
}));

/** All rows of those tables that a licence stands in. Vouchers that were exchanged for it are among `findVouchersOf`. */
export const findLicenceRows = (tx: Tx, licence: LicenceHash) =>
  tx.all(licenceRowsQuery, { licence_hash: licence });

/** A click that an order names is inherited by renewals: it stays, without the licence. */
const forgetClickQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db.updateTable("clicks").set({ licence_hash: null }).where("licence_hash", "=", p.licence_hash),
);

/** On PostgreSQL a licence's name is a row that its sales lock. */
const forgetLockQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .deleteFrom("order_links")
    .where("namespace", "=", "licence")
    .where("id", "=", p.licence_hash as never),
);

const deletions = licenceTables
  .filter(({ table }) => erased.has(table))
  .map(({ table }) =>
    query<{ licence_hash: LicenceHash }>()((db, p) => ({
      compile: () => sql`delete from ${sql.table(table)} where licence_hash = ${p.licence_hash}`.compile(db),
    })),
  );

/** Takes a licence out of those tables that may lose it; returns how many rows it stood in. */
export async function deleteLicenceRows(tx: Tx, licence: LicenceHash): Promise<number> {
  let deleted = await tx.run(forgetClickQuery, { licence_hash: licence });
  await tx.run(forgetLockQuery, { licence_hash: licence });
  for (const deletion of deletions) deleted += await tx.run(deletion, { licence_hash: licence });
  return deleted;
}

const forgetLicenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db.updateTable("orders").set({ licence_hash: null }).where("licence_hash", "=", p.licence_hash),
);

/** Takes a licence's hash off its orders; returns how many. */
export const forgetLicence = (tx: Tx, licence: LicenceHash) =>
  tx.run(forgetLicenceQuery, { licence_hash: licence });

const forgetVoucherQuery = query<{ from: LicenceHash; to: LicenceHash }>()((db, p) =>
  db.updateTable("vouchers").set({ licence_hash: p.to }).where("licence_hash", "=", p.from),
);

/** Takes a licence's hash off the vouchers that were exchanged for it; returns how many. They stay exchanged. */
export const forgetVoucher = (tx: Tx, licence: LicenceHash) =>
  tx.run(forgetVoucherQuery, { from: licence, to: "erased" as LicenceHash });

const vouchersQuery = query<{ licence_hash: LicenceHash }>()((db, p) => ({
  compile: () =>
    sql<{ product: string; at: number }>`select voucher_batches.product, vouchers.exchanged_at as at
      from vouchers join voucher_batches on voucher_batches.id = vouchers.batch_id
      where vouchers.licence_hash = ${p.licence_hash}`.compile(db),
}));

/** The vouchers that were exchanged for a licence. */
export const findVouchersOf = (tx: Tx, licence: LicenceHash) =>
  tx.all(vouchersQuery, { licence_hash: licence });

interface Claiming {
  id: string;
  partner_id: string;
  claim: string;
  opened_at: number;
}

const claimsQuery = query<{ pattern: string }>()((db, p) => ({
  compile: () =>
    sql<Claiming>`select id, partner_id, claim, opened_at from disputes where claim like ${p.pattern}`.compile(
      db,
    ),
}));

/** Disputes whose claim names a licence or a serial. Walks through all of them: they are few, and this is rare. */
export const findClaimsOf = (tx: Tx, hash: string) => tx.all(claimsQuery, { pattern: `%"${hash}"%` });

const emptyClaimQuery = query<{ id: string; claim: string }>()((db, p) =>
  db
    .updateTable("disputes")
    .set({ claim: p.claim })
    .where("id", "=", p.id as never),
);

/** Puts another text in place of a claim. */
export const emptyClaim = (tx: Tx, claim: { id: string; claim: string }) => tx.run(emptyClaimQuery, claim);

const buyersQuery = query<{ after: OrderKey; email_hash: EmailHash; limit: number }>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where(
      boughtBy(engine, sql`${p.email_hash}`, {
        within: (order_key) => sql`${order_key} > ${p.after}`,
        order: "asc",
        limit: sql`${p.limit}`,
      }),
    )
    .orderBy("order_key")
    .limit(p.limit as never),
);

const anyOfBuyerQuery = query<{ email_hash: EmailHash }>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .select("order_key")
    .where(boughtBy(engine, sql`${p.email_hash}`))
    .limit(sql.lit(1)),
);

/** Whether an address has bought anything. */
export const isBuyer = async (tx: Tx, email_hash: EmailHash): Promise<boolean> =>
  (await tx.one(anyOfBuyerQuery, { email_hash })) !== undefined;

/** A page of the orders of a buyer. */
export const listOrdersOfBuyer = (tx: Tx, page: { after: OrderKey; email_hash: EmailHash; limit: number }) =>
  tx.all(buyersQuery, page);
