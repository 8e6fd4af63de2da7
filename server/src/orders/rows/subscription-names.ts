import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { ProviderId, ShopName } from "../../words/ids.ts";
import type { SubscriptionNameRow } from "./schema.ts";

type Name = Pick<SubscriptionNameRow, "shop" | "subscription_id">;

const keptQuery = query<Name>()((db, p) =>
  db
    .selectFrom("subscription_names")
    .select("kept_as")
    .where("subscription_id", "=", p.subscription_id)
    .where("shop", "=", p.shop),
);

/** The name that a subscription's orders are kept under: its own, unless it turned out to be one with another. */
export const findKeptName = async (tx: Tx, name: Name): Promise<ProviderId> =>
  (await tx.one(keptQuery, name))?.kept_as ?? name.subscription_id;

const insertQuery = query<SubscriptionNameRow>()((db, p) =>
  db.insertInto("subscription_names").values({
    shop: p.shop,
    subscription_id: p.subscription_id,
    kept_as: p.kept_as,
    told_by: p.told_by,
  }),
);

/** Keeps a subscription under the name of another from now on. */
export const insertName = (tx: Tx, row: SubscriptionNameRow) => tx.run(insertQuery, row);

interface Move {
  shop: ShopName;
  from: ProviderId;
  to: ProviderId;
}

const moveNamesQuery = query<Move>()((db, p) =>
  db
    .updateTable("subscription_names")
    .set({ kept_as: p.to })
    .where("shop", "=", p.shop)
    .where("kept_as", "=", p.from),
);

const moveOrdersQuery = query<Move>()((db, p) =>
  db
    .updateTable("orders")
    .set({ subscription_id: p.to })
    .where("shop", "=", p.shop)
    .where("subscription_id", "=", p.from),
);

/** Moves the orders of a subscription, and the names that led to it, to another. */
export async function moveSubscription(tx: Tx, move: Move): Promise<void> {
  await tx.run(moveNamesQuery, move);
  await tx.run(moveOrdersQuery, move);
}

const namesQuery = query<Record<never, never>>()((db) => db.selectFrom("subscription_names").selectAll());

/** All subscriptions that are kept under another's name: few, as customers seldom come back after an end. */
export const findSubscriptionNames = (tx: Tx): Promise<SubscriptionNameRow[]> => tx.all(namesQuery, {});
