import { sql } from "kysely";
import { boughtBy } from "../../secrets/rows/email-orders.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, LicenceHash, ProductId } from "../../words/ids.ts";

const boughtQuery = query<{ email_hash: EmailHash }>()((db, p, engine) => ({
  compile: () =>
    sql<{ licence_hash: LicenceHash; product: ProductId }>`select distinct licence_hash, product from orders
      where ${boughtBy(engine, sql`${p.email_hash}`)} and licence_hash is not null and product is not null and joined_to is null
      limit 1000`.compile(db),
}));

/** The licences that an address bought. Walks through the address's orders, as the customer's page does. */
export const listLicencesBought = (tx: Tx, email_hash: EmailHash) => tx.all(boughtQuery, { email_hash });
