import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, PartnerId } from "../../words/ids.ts";
import type { CustomerRow, ToldBy } from "./schema.ts";

const columns = columnsOf<CustomerRow>({
  customer_id: true,
  told_by: true,
  source: true,
  email_hash: true,
  sealed: true,
  sealed_for: true,
  language: true,
  organisation_id: true,
  organisation_parts: true,
  consent_version: true,
  consent_at: true,
  added_at: true,
  changed_at: true,
});

const insertQuery = query<CustomerRow>()((db, p) =>
  db
    .insertInto("customer_people")
    .values(valuesOf(columns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps a new person; false where the address is known from the same teller. */
export const insertCustomer = async (tx: Tx, row: CustomerRow): Promise<boolean> =>
  (await tx.run(insertQuery, row)) === 1;

const updateQuery = query<CustomerRow>()((db, p) =>
  db
    .updateTable("customer_people")
    .set({
      source: p.source,
      sealed: p.sealed,
      sealed_for: p.sealed_for,
      language: p.language,
      organisation_id: p.organisation_id,
      organisation_parts: p.organisation_parts,
      consent_version: p.consent_version,
      consent_at: p.consent_at,
      changed_at: p.changed_at,
    })
    .where("customer_id", "=", p.customer_id),
);

/** Brings a person's row up to what was told last. */
export const updateCustomer = (tx: Tx, row: CustomerRow) => tx.run(updateQuery, row);

const oneQuery = query<{ customer_id: string }>()((db, p) =>
  db.selectFrom("customer_people").selectAll().where("customer_id", "=", p.customer_id),
);

/** A person by its id. */
export const findCustomer = (tx: Tx, id: string) => tx.one(oneQuery, { customer_id: id });

const toldQuery = query<{ email_hash: EmailHash; told_by: ToldBy }>()((db, p) =>
  db
    .selectFrom("customer_people")
    .selectAll()
    .where("email_hash", "=", p.email_hash)
    .where("told_by", "=", p.told_by),
);

/** What one teller told of an address. */
export const findToldCustomer = (tx: Tx, email_hash: EmailHash, told_by: ToldBy) =>
  tx.one(toldQuery, { email_hash, told_by });

const ofAddressQuery = query<{ email_hash: EmailHash }>()((db, p) =>
  db.selectFrom("customer_people").selectAll().where("email_hash", "=", p.email_hash).orderBy("customer_id"),
);

/** What all tellers told of an address. */
export const listCustomersOfAddress = (tx: Tx, email_hash: EmailHash) =>
  tx.all(ofAddressQuery, { email_hash });

const inOrganisationQuery = query<{ organisation_id: string; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_people")
    .selectAll()
    .where("organisation_id", "=", p.organisation_id)
    .where("customer_id", ">", p.after)
    .orderBy("customer_id")
    .limit(p.limit as never),
);
const pageQuery = query<{ after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_people")
    .selectAll()
    .where("customer_id", ">", p.after)
    .orderBy("customer_id")
    .limit(p.limit as never),
);
const ofProductQuery = query<{ product: string; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_people")
    .selectAll()
    .where("customer_id", ">", p.after)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("customer_licences")
          .select("customer_licences.customer_id")
          .whereRef("customer_licences.customer_id", "=", "customer_people.customer_id")
          .where("product", "=", p.product as never),
      ),
    )
    .orderBy("customer_id")
    .limit(p.limit as never),
);

/** A page of people, in the order in which they came; of one organisation or of one product where it is named. */
export function listCustomerRows(
  tx: Tx,
  {
    organisation,
    product,
    ...page
  }: { organisation?: string | undefined; product?: string | undefined; after: string; limit: number },
): Promise<CustomerRow[]> {
  if (organisation !== undefined)
    return tx.all(inOrganisationQuery, { ...page, organisation_id: organisation });
  return product === undefined ? tx.all(pageQuery, page) : tx.all(ofProductQuery, { ...page, product });
}

/** Those of whom a partner may be shown something: what nobody else told, of licences that it may have sold. */
const ofPartnerQuery = query<{ partner_id: PartnerId; after: string; limit: number }>()((db, p) => {
  // With those that were merged into it: one firm that has two ids.
  const own = sql`(select id from partners where id = ${p.partner_id} or merged_into = ${p.partner_id})`;
  return {
    compile: () =>
      sql<CustomerRow>`select * from customer_people where customer_id > ${p.after}
        and (told_by = '' or told_by in ${own})
        and exists (select 1 from customer_licences as c where c.customer_id = customer_people.customer_id and (
          exists (select 1 from orders where c.licence_hash <> '' and orders.licence_hash = c.licence_hash
            and orders.partner_id in ${own})
          or exists (select 1 from orders as o where c.order_key <> '' and o.order_key = c.order_key
            and (o.partner_id in ${own} or o.joined_to is not null))
          or exists (select 1 from registrations where c.licence_hash <> ''
            and registrations.licence_hash = c.licence_hash and registrations.partner_id in ${own})))
        order by customer_id limit ${p.limit}`.compile(db),
  };
});

/** A page of those in whose purchases a partner had a hand; which of their licences it is to see is judged one by one. */
export const listCustomersNear = (tx: Tx, page: { partner_id: PartnerId; after: string; limit: number }) =>
  tx.all(ofPartnerQuery, page);

const deleteLicencesQuery = query<{ customer_id: string }>()((db, p) =>
  db.deleteFrom("customer_licences").where("customer_id", "=", p.customer_id),
);
const deleteQuery = query<{ customer_id: string }>()((db, p) =>
  db.deleteFrom("customer_people").where("customer_id", "=", p.customer_id),
);

/** Deletes a person and its part in licences; returns how many rows went. */
export const deleteCustomer = async (tx: Tx, id: string): Promise<number> =>
  (await tx.run(deleteLicencesQuery, { customer_id: id })) + (await tx.run(deleteQuery, { customer_id: id }));

const agreementsQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ sealed_for: string }>`select distinct sealed_for from customer_people where sealed_for <> 'vendor'
      union select distinct sealed_for from customer_organisations where sealed_for <> 'vendor'`.compile(db),
}));

/** All agreements for which something is sealed. */
export const listSealedFor = async (tx: Tx): Promise<string[]> =>
  (await tx.all(agreementsQuery, {})).map(({ sealed_for }) => sealed_for);

const sharedQuery = query<{ sealed_for: string }>()((db, p) =>
  db
    .selectFrom("customer_people")
    .select(["customer_id as id", "sealed_for", "sealed"])
    .where("sealed_for", "=", p.sealed_for)
    .where("sealed_for", "<>", "vendor")
    .limit(500),
);

/** Some of the people who are sealed for an agreement. */
export const listSharedCustomers = (tx: Tx, sealed_for: string) => tx.all(sharedQuery, { sealed_for });

interface Resealed {
  id: string;
  was: string;
  sealed_for: string;
  sealed: Uint8Array;
}

const resealQuery = query<Resealed>()((db, p) =>
  db
    .updateTable("customer_people")
    .set({ sealed: p.sealed, sealed_for: p.sealed_for })
    .where("customer_id", "=", p.id)
    .where("sealed_for", "=", p.was),
);

/** Puts another seal in place of one. */
export const resealCustomer = (tx: Tx, row: Resealed) => tx.run(resealQuery, row);
