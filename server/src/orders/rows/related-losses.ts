import type { Kysely } from "kysely";
import { selectLossEvents } from "../../events/rows/events.ts";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, ProviderId, ShopName } from "../../words/ids.ts";
import { mostRelated } from "./orders.ts";

/** What sales have in common: a licence, or a subscription of a shop. */
export interface Relation {
  licence_hash: LicenceHash | null;
  shop: ShopName;
  subscription_id: ProviderId | null;
}

/** Those of the sales that are looked at, and no others: whoever sells one licence a million times makes nobody wait. */
const lossesQuery = query<Relation>()((db, p) =>
  selectLossEvents(db).where("order_links.order_key", "in", (inner) =>
    inner
      .selectFrom(firstRelated(db).where("licence_hash", "=", p.licence_hash).as("of_licence"))
      .select("order_key")
      .union(
        inner
          .selectFrom(
            firstRelated(db)
              .where("subscription_id", "=", p.subscription_id)
              .where("shop", "=", p.shop)
              .as("of_subscription"),
          )
          .select("order_key"),
      ),
  ),
);

const firstRelated = (db: Kysely<Schema>) =>
  db.selectFrom("orders").select("order_key").orderBy("occurred_at").orderBy("order_id").limit(mostRelated);

/** The refunds and disputes of all sales of one licence or subscription, in one statement. */
export const findLossesOfRelated = (tx: Tx, relation: Relation) => tx.all(lossesQuery, relation);
