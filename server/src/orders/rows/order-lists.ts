import { sql } from "kysely";
import { boughtBy } from "../../secrets/rows/email-orders.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, LicenceHash, OrderKey, SerialHash } from "../../words/ids.ts";
import { keysOfPartner } from "./partner-keys.ts";
import type { OrderRow } from "./schema.ts";

/** Which orders to list: keys from `first` on and before `before`, the newest first. Keys begin with the time. */
export interface OrderRange {
  first: OrderKey;
  before: OrderKey;
  limit: number;
}

const listQuery = query<OrderRange>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("joined_to", "is", null)
    .where("order_key", ">=", p.first)
    .where("order_key", "<", p.before)
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

const listByOutcomeQuery = query<OrderRange & { outcome: OrderRow["outcome"] }>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("joined_to", "is", null)
    .where("outcome", "=", p.outcome)
    .where("order_key", ">=", p.first)
    .where("order_key", "<", p.before)
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

const unattributedLicencesQuery = query<{ after: OrderKey; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(["order_key", "licence_hash"])
    .where("outcome", "=", "unattributed")
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** A page of the orders that nobody was credited for, with their licences. */
export const walkUnattributedLicences = (tx: Tx, page: { after: OrderKey; limit: number }) =>
  tx.all(unattributedLicencesQuery, page);

/** The keys come from the index of partners' sales alone; only the page that is shown is read from the table. */
const listByPartnerQuery = query<OrderRange & { partner: string }>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where(
      sql<boolean>`orders.order_key in (${keysOfPartner(engine, sql`${p.partner}`, {
        within: ({ order_key }) => sql`${order_key} >= ${p.first} and ${order_key} < ${p.before}`,
        first: { by: ({ order_key }) => sql`${order_key} desc`, limit: sql`${p.limit}` },
      })})`,
    )
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

/** What orders of a list have in common, each null where it does not matter. */
export interface OrderTraits {
  outcome: OrderRow["outcome"] | null;
  partner: string | null;
  shop: string | null;
  product: string | null;
  reason: string | null;
}

/** Holds where a column has a value, or where none is asked for. PostgreSQL is told the type of what may be null. */
const has = (column: string, value: unknown) =>
  sql<boolean>`(cast(${value} as text) is null or ${sql.ref(column)} = cast(${value} as text))`;

const listByTraitsQuery = query<OrderRange & OrderTraits>()((db, p) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where("joined_to", "is", null)
    .where("order_key", ">=", p.first)
    .where("order_key", "<", p.before)
    .where(has("outcome", p.outcome))
    .where(has("partner_id", p.partner))
    .where(has("shop", p.shop))
    .where(has("product", p.product))
    .where(has("reason", p.reason))
    .orderBy("order_key", "desc")
    .limit(p.limit as never),
);

/**
 * A page of orders, the newest first. With no trait, or the outcome alone, it takes as long as the page is
 * long; with the partner alone, a look over the keys of its orders more.
 */
export function listOrderRows(tx: Tx, range: OrderRange, traits: Partial<OrderTraits>): Promise<OrderRow[]> {
  const { outcome = null, partner = null, shop = null, product = null, reason = null } = traits;
  const others = [shop, product, reason].some((trait) => trait !== null);
  if (partner !== null && !others && outcome === null)
    return tx.all(listByPartnerQuery, { ...range, partner });
  if (partner !== null || others)
    return tx.all(listByTraitsQuery, { ...range, outcome, partner, shop, product, reason });
  return outcome === null ? tx.all(listQuery, range) : tx.all(listByOutcomeQuery, { ...range, outcome });
}

const mostFound = sql.lit(200);

const byEmailQuery = query<{ email_hash: EmailHash }>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .selectAll()
    .where(boughtBy(engine, sql`${p.email_hash}`))
    .where("joined_to", "is", null)
    .orderBy("order_key", "desc")
    .limit(mostFound),
);

/** The newest orders of a buyer's address. */
export const findOrdersOfEmail = (tx: Tx, email: EmailHash) => tx.all(byEmailQuery, { email_hash: email });

const byNumberQuery = query<{ id: string }>()((db, p) =>
  db
    .selectFrom("order_links")
    .innerJoin("orders", (join) =>
      join
        .onRef("orders.order_key", "=", "order_links.order_key")
        .onRef("orders.shop", "=", "order_links.namespace" as never),
    )
    .selectAll("orders")
    .where("order_links.id", "=", p.id)
    .limit(mostFound),
);

/** The orders that some shop gave an id. */
export const findOrdersOfNumber = (tx: Tx, id: string) => tx.all(byNumberQuery, { id });

const licencesOfSerialQuery = query<{ serial: SerialHash }>()((_db, { serial }) => ({
  compile: () =>
    sql<{ licence_hash: LicenceHash }>`select licence_hash from serial_activations
      where serial_hash = ${serial} limit 200`.compile(_db),
}));

/** The licences that a serial was activated for, by a registration or an order. */
export const findLicencesOfSerial = async (tx: Tx, serial: SerialHash): Promise<LicenceHash[]> =>
  (await tx.all(licencesOfSerialQuery, { serial })).map(({ licence_hash }) => licence_hash);
