import { sql } from "kysely";
import { keysOfPartner } from "../../orders/rows/partner-keys.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { EmailTallyRow } from "./schema.ts";

const emailTallyColumns = columnsOf<EmailTallyRow>({
  partner_id: true,
  product: true,
  origin: true,
  sent: true,
  first_at: true,
  last_at: true,
});

const addQuery = query<EmailTallyRow>()((db, p) =>
  db
    .insertInto("email_tallies")
    .values(valuesOf(emailTallyColumns, p))
    .onConflict((conflict) =>
      conflict.columns(["partner_id", "product", "origin"]).doUpdateSet((row) => ({
        sent: sql<number>`email_tallies.sent + ${row.ref("excluded.sent")}`,
        last_at: row.ref("excluded.last_at"),
      })),
    ),
);

/** Adds to what a partner sent. */
export const addToEmailTally = (tx: Tx, tally: EmailTallyRow) => tx.run(addQuery, tally);

const listQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("email_tallies")
    .select(["product", "origin", "sent", "first_at", "last_at"])
    .where("partner_id", "=", p.partner_id)
    .orderBy("product")
    .orderBy("origin"),
);

/** What a partner sent, by product and origin. */
export const listEmailTallies = (tx: Tx, partner: PartnerId) => tx.all(listQuery, { partner_id: partner });

/** Whose addresses and sales are counted, and how far: what is behind `most` is not read. */
interface Counted {
  partner_id: PartnerId;
  most: number;
}

const registeredQuery = query<Counted>()((db, { partner_id, most }) => ({
  compile: () =>
    sql<{ counted: number | string }>`select count(*) as counted from (select 1 as one from registered_emails
      where partner_id = ${partner_id} and origin <> 'import' limit ${most}) as counted_rows`.compile(db),
}));

/** How many addresses a partner registered itself: those that the vendor imported are the vendor's word. */
export const countRegistered = async (tx: Tx, counted: Counted): Promise<number> =>
  Number((await tx.one(registeredQuery, counted))?.counted ?? 0);

const salesQuery = query<Counted & { before: Instant }>()((db, { partner_id, before, most }, engine) => ({
  compile: () =>
    sql<{ counted: number | string }>`select count(*) as counted from (select order_key from (
      ${keysOfPartner(engine, partner_id, { within: ({ occurred_at }) => sql`${occurred_at} < ${before}` })}
      ) as own limit ${most}) as counted_rows`.compile(db),
}));

/** How many orders before an instant are credited to a partner. */
export const countSales = async (tx: Tx, counted: Counted & { before: Instant }): Promise<number> =>
  Number((await tx.one(salesQuery, counted))?.counted ?? 0);
