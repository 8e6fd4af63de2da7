import { type Kysely, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { RewardProgressRow } from "./schema.ts";

const progressQuery = query<object>()((db) => db.selectFrom("reward_progress").selectAll());

/** How far rewards were written; undefined where no partner ever offered one. */
export const readProgress = (tx: Tx) => tx.one(progressQuery, {});

const putQuery = query<RewardProgressRow>()((db, p) =>
  db
    .insertInto("reward_progress")
    .values({ slot: p.slot, after_id: p.after_id, after_key: p.after_key })
    .onConflict((conflict) =>
      conflict.column("slot").doUpdateSet({ after_id: p.after_id, after_key: p.after_key }),
    ),
);

/** Keeps how far rewards were written. */
export const putProgress = (tx: Tx, row: RewardProgressRow) => tx.run(putQuery, row);

const newestQuery = query<{ before: number }>()((db, p) =>
  db.selectFrom("transfers").select("id").where("id", "<", p.before).orderBy("id", "desc").limit(sql.lit(1)),
);

/** The number of the newest movement of the journal; 0 of an empty one. */
export const findNewestTransfer = async (tx: Tx): Promise<number> =>
  (await tx.one(newestQuery, { before: Number.MAX_SAFE_INTEGER }))?.id ?? 0;

/** A movement of an order that may change a reward. */
export interface FollowedMovement {
  id: number;
  booked_at: Instant;
  order_key: OrderKey | null;
  /** 1 where its order has a reward, or is a renewal of a partner who offers some. */
  concerns: number;
}

const hasOffers = (partner: string) =>
  `exists (select 1 from reward_offers where reward_offers.partner_id = ${partner} and reward_offers.offered_at is not null)`;

const movementsQuery = query<{ after: number; limit: number }>()((db: Kysely<Schema>, p) => ({
  compile: () =>
    sql<FollowedMovement>`select transfers.id, transfers.booked_at, transfers.order_key,
        case when exists (select 1 from rewards where rewards.order_key = transfers.order_key)
          or (orders.cycle = 'renewal' and ${sql.raw(hasOffers("orders.partner_id"))}) then 1 else 0 end as concerns
      from transfers left join orders on orders.order_key = transfers.order_key
      where transfers.id > ${p.after} order by transfers.id limit ${p.limit}`.compile(db),
}));

/** A page of the journal behind a movement. */
export const walkMovements = (tx: Tx, page: { after: number; limit: number }) => tx.all(movementsQuery, page);

const keysQuery = query<{ after: OrderKey; limit: number }>()((db, p) =>
  db
    .selectFrom("orders")
    .select("order_key")
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit as never),
);

/** A page of orders in the order in which they were first heard of. */
export const walkOrderKeys = async (tx: Tx, page: { after: OrderKey; limit: number }): Promise<OrderKey[]> =>
  (await tx.all(keysQuery, page)).map(({ order_key }) => order_key);

type KeySpan = { first: OrderKey; last: OrderKey };

const siblings = (same: string) =>
  query<KeySpan>()((db, p) => ({
    compile: () =>
      sql<{ order_key: OrderKey }>`select distinct sibling.order_key
        from orders cross join orders as sibling
        where orders.order_key >= ${p.first} and orders.order_key <= ${p.last} and ${sql.raw(same)}
          and sibling.cycle = 'renewal' and sibling.outcome = 'credited'
          and ${sql.raw(hasOffers("sibling.partner_id"))}
          and not exists (select 1 from rewards where rewards.order_key = sibling.order_key)`.compile(db),
  }));
const byLicence = siblings("sibling.licence_hash = orders.licence_hash");
const bySubscription = siblings(
  "sibling.shop = orders.shop and sibling.subscription_id = orders.subscription_id",
);

/**
 * Credited renewals without a reward of the same copy or subscription as some orders: a sale that comes late makes a
 * renewal of a later one, and nothing is booked for that.
 */
export async function findRenewalsBeside(tx: Tx, span: KeySpan): Promise<OrderKey[]> {
  const found = [...(await tx.all(byLicence, span)), ...(await tx.all(bySubscription, span))];
  return [...new Set(found.map(({ order_key }) => order_key))];
}
