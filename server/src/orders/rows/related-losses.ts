import { selectLossEvents } from "../../events/rows/events.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, ProviderId, ShopName } from "../../words/ids.ts";

/** What sales have in common: a licence, or a subscription of a shop. */
export interface Relation {
  licence_hash: LicenceHash | null;
  shop: ShopName;
  subscription_id: ProviderId | null;
}

const lossesQuery = query<Relation>()((db, p) =>
  selectLossEvents(db).where("order_links.order_key", "in", (inner) =>
    inner
      .selectFrom("orders")
      .select("order_key")
      .where("licence_hash", "=", p.licence_hash)
      .union(
        inner
          .selectFrom("orders")
          .select("order_key")
          .where("subscription_id", "=", p.subscription_id)
          .where("shop", "=", p.shop),
      ),
  ),
);

/** The refunds and disputes of all sales of one licence or subscription, in one statement. */
export const findLossesOfRelated = (tx: Tx, relation: Relation) => tx.all(lossesQuery, relation);
