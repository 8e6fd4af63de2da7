import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, OrderKey, PartnerId, ProductId } from "../../words/ids.ts";
import type { CustomerLicenceRow, CustomerRow, ToldBy } from "./schema.ts";

const columns = columnsOf<CustomerLicenceRow>({
  customer_id: true,
  product: true,
  licence_hash: true,
  order_key: true,
  parts: true,
  licence_end: true,
  version: true,
  added_at: true,
});

const keepQuery = query<CustomerLicenceRow>()((db, p) =>
  db
    .insertInto("customer_licences")
    .values(valuesOf(columns, p))
    .onConflict((conflict) =>
      conflict.columns(["customer_id", "product", "licence_hash", "order_key"]).doUpdateSet({
        parts: p.parts,
        licence_end: sql<string | null>`coalesce(${p.licence_end}, customer_licences.licence_end)`,
        version: sql<string | null>`coalesce(${p.version}, customer_licences.version)`,
      }),
    ),
);

/** Keeps a person's part in a licence; what was told before is replaced, but for what is not told now. */
export const keepCustomerLicence = (tx: Tx, row: CustomerLicenceRow) => tx.run(keepQuery, row);

const ofCustomerQuery = query<{ customer_id: string }>()((db, p) =>
  db
    .selectFrom("customer_licences")
    .selectAll()
    .where("customer_id", "=", p.customer_id)
    .orderBy("product")
    .orderBy("licence_hash")
    .orderBy("order_key")
    .limit(sql.lit(1000)),
);

/** The licences in which a person has a part. */
export const listLicencesOfCustomer = (tx: Tx, customer_id: string) =>
  tx.all(ofCustomerQuery, { customer_id });

const countQuery = query<{ licence_hash: LicenceHash; told_by: ToldBy }>()((db, p) =>
  db
    .selectFrom("customer_licences")
    .innerJoin("customer_people", "customer_people.customer_id", "customer_licences.customer_id")
    .select(sql<number>`count(*)`.as("people"))
    .where("customer_licences.licence_hash", "=", p.licence_hash)
    .where("customer_people.told_by", "=", p.told_by),
);

/** How many people one teller told of a licence. */
export const countPeopleOfLicence = async (
  tx: Tx,
  of: { licence_hash: LicenceHash; told_by: ToldBy },
): Promise<number> => Number((await tx.one(countQuery, of))?.people ?? 0);

const forgetOrderQuery = query<{ customer_id: string; order_key: OrderKey }>()((db, p) =>
  db
    .deleteFrom("customer_licences")
    .where("customer_id", "=", p.customer_id)
    .where("order_key", "=", p.order_key)
    .where("licence_hash", "=", sql.lit("") as never),
);

/** Ends a person's link to an order, since its licence has become known. */
export const forgetOrderLink = (tx: Tx, link: { customer_id: string; order_key: OrderKey }) =>
  tx.run(forgetOrderQuery, link);

/** Where a page of links begins: behind this row. */
export interface LinkCursor {
  customer_id: string;
  licence_hash: string;
  order_key: string;
}

/** A link with its person. */
export type LinkedCustomer = CustomerRow &
  Pick<CustomerLicenceRow, "product" | "licence_hash" | "order_key" | "parts" | "licence_end" | "version">;

const ofProductQuery = query<LinkCursor & { product: ProductId; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_licences")
    .innerJoin("customer_people", "customer_people.customer_id", "customer_licences.customer_id")
    .selectAll("customer_people")
    .select([
      "customer_licences.product",
      "customer_licences.licence_hash",
      "customer_licences.order_key",
      "customer_licences.parts",
      "customer_licences.licence_end",
      "customer_licences.version",
    ])
    .where("customer_licences.product", "=", p.product)
    .where(
      sql<boolean>`(customer_licences.customer_id, customer_licences.licence_hash, customer_licences.order_key)
        > (${p.customer_id}, ${p.licence_hash}, ${p.order_key})`,
    )
    .orderBy("customer_licences.customer_id")
    .orderBy("customer_licences.licence_hash")
    .orderBy("customer_licences.order_key")
    .limit(p.limit as never),
);

/** A page of all people with their licences of a product. */
export const listLinkedCustomers = (tx: Tx, page: LinkCursor & { product: ProductId; limit: number }) =>
  tx.all(ofProductQuery, page);

interface Sold {
  partner_id: PartnerId | null;
  occurred_at: number;
}

const soldQuery = query<{ licence_hash: LicenceHash; product: ProductId }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(["partner_id", "occurred_at"])
    .where("licence_hash", "=", p.licence_hash)
    .where("joined_to", "is", null)
    .where("outcome", "<>", sql.lit("held"))
    .where(({ or, eb }) => or([eb("product", "=", p.product), eb("product", "is", null)]))
    .orderBy("occurred_at", "desc")
    .orderBy("order_id", "desc")
    .limit(sql.lit(1)),
);
const soldByOrderQuery = query<{ order_key: OrderKey }>()((db, p) => ({
  compile: () =>
    sql<Sold>`select partner_id, occurred_at from orders where joined_to is null and outcome <> 'held'
      and order_key = (select coalesce(joined_to, order_key) from orders where order_key = ${p.order_key})`.compile(
      db,
    ),
}));
const boundQuery = query<{ licence_hash: LicenceHash; product: ProductId }>()((db, p) => ({
  compile: () =>
    sql<{ partner_id: PartnerId }>`select partner_id from registrations
      where licence_hash = ${p.licence_hash} and product = ${p.product}`.compile(db),
}));
const mergedQuery = query<{ id: PartnerId }>()((db, p) =>
  db.selectFrom("partners").select(["id", "merged_into"]).where("id", "=", p.id),
);

/** Who sold a licence's last term. */
export interface Seller {
  /** Null where the vendor did. One that was merged is the one it is now. */
  partner: PartnerId | null;
  /** Whether an order says so. Else it is the claim of a copy, which anybody can make with a public token. */
  isProven: boolean;
}

type Link = Pick<CustomerLicenceRow, "product" | "licence_hash" | "order_key">;

/**
 * The partner who sold a licence's last term: as the newest order that is no longer held was decided, and where there is
 * none as its first copy was bound.
 */
export async function findSeller(tx: Tx, link: Link): Promise<Seller> {
  const sold = await findSale(tx, link);
  const { licence_hash, product } = link;
  if (sold !== undefined) return { partner: await partnerNow(tx, sold.partner_id), isProven: true };
  if (licence_hash === "" || product === "") return { partner: null, isProven: false };
  const bound = await tx.one(boundQuery, { licence_hash, product });
  return { partner: await partnerNow(tx, bound?.partner_id ?? null), isProven: false };
}

async function findSale(tx: Tx, { product, licence_hash, order_key }: Link): Promise<Sold | undefined> {
  if (licence_hash !== "") return product === "" ? undefined : tx.one(soldQuery, { licence_hash, product });
  return order_key === "" ? undefined : tx.one(soldByOrderQuery, { order_key });
}

/** The partner that a partner is now: the one it was merged into, or itself. */
export const partnerNow = async <Id extends PartnerId | null>(tx: Tx, id: Id): Promise<Id> =>
  id === null ? id : (((await tx.one(mergedQuery, { id }))?.merged_into ?? id) as Id);
