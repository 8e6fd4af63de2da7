import { type Kysely, sql } from "kysely";
import type { OrderKey } from "../../ids.ts";
import { lossEffects } from "../../ledger/loss.ts";
import { query } from "../query.ts";
import type { EventRow, OrderLinkRow, Schema } from "../schema.ts";
import type { Tx } from "../store.ts";

const insertEventQuery = query<EventRow>()((db, p) =>
  db
    .insertInto("events")
    .values({
      shop: p.shop,
      event_id: p.event_id,
      object_id: p.object_id,
      effect: p.effect,
      link_id: p.link_id,
      dispute_id: p.dispute_id,
      amount_minor: p.amount_minor,
      cumulative: p.cumulative,
      currency: p.currency,
      occurred_at: p.occurred_at,
      received_at: p.received_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Takes an event; answers false when its id, or its object with the same effect, was taken before. */
export const insertEvent = async (tx: Tx, event: EventRow): Promise<boolean> =>
  (await tx.run(insertEventQuery, event)) === 1;

const insertLinkQuery = query<OrderLinkRow>()((db, p) =>
  db
    .insertInto("order_links")
    .values({ namespace: p.namespace, id: p.id, order_key: p.order_key })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertTwoLinksQuery = query<OrderLinkRow & { second: string }>()((db, p) =>
  db
    .insertInto("order_links")
    .values([
      { namespace: p.namespace, id: p.id, order_key: p.order_key },
      { namespace: p.namespace, id: p.second, order_key: p.order_key },
    ])
    .onConflict((conflict) => conflict.doNothing()),
);

const lockLinkQuery = query<{ namespace: string; id: string }>()((db, p) =>
  db
    .updateTable("order_links")
    .set((row) => ({ order_key: row.ref("order_key") }))
    .where("namespace", "=", p.namespace)
    .where("id", "=", p.id)
    .returning("order_key"),
);

/**
 * Makes an id name an order unless it names one already; answers the order it names. The row is locked until the
 * transaction ends, also when it was only just made: a lock on a missing row would lock nothing.
 */
export async function claimLink(tx: Tx, link: OrderLinkRow): Promise<OrderKey> {
  if ((await tx.run(insertLinkQuery, link)) === 1) return link.order_key;
  const row = await tx.one(lockLinkQuery, { namespace: link.namespace, id: link.id });
  if (row === undefined) throw new Error("a link that could not be made is there, and none is ever removed");
  return row.order_key;
}

/**
 * Makes ids name an order, each unless it names one already; answers the orders they name. Most sales have two ids that
 * nobody has heard of before, and then it is one statement.
 */
export async function claimLinks(
  tx: Tx,
  { ids, ...link }: Omit<OrderLinkRow, "id"> & { ids: readonly string[] },
): Promise<Set<OrderKey>> {
  const [id, second] = ids;
  if (ids.length === 2 && id !== undefined && second !== undefined)
    if ((await tx.run(insertTwoLinksQuery, { ...link, id, second })) === 2) return new Set([link.order_key]);
  const keys = new Set<OrderKey>();
  for (const one of ids) keys.add(await claimLink(tx, { ...link, id: one }));
  return keys;
}

const moveLinksQuery = query<{ from: OrderKey; to: OrderKey }>()((db, p) =>
  db.updateTable("order_links").set({ order_key: p.to }).where("order_key", "=", p.from),
);

/** Makes all ids of one order name another: an event told that both are the same sale. */
export const moveLinks = (tx: Tx, move: { from: OrderKey; to: OrderKey }) => tx.run(moveLinksQuery, move);

const linkQuery = query<{ namespace: string; id: string }>()((db, p) =>
  db
    .selectFrom("order_links")
    .select("order_key")
    .where("namespace", "=", p.namespace)
    .where("id", "=", p.id),
);

/** The order an id names. */
export const findLink = async (tx: Tx, namespace: string, id: string): Promise<OrderKey | undefined> =>
  (await tx.one(linkQuery, { namespace, id }))?.order_key;

/** Refunds and disputes beside the orders their ids name: what every query for them begins with. */
export const selectLossEvents = (db: Kysely<Schema>) =>
  db
    .selectFrom("order_links")
    .innerJoin("events", (join) =>
      join
        .onRef("events.shop", "=", "order_links.namespace" as never)
        .onRef("events.link_id", "=", "order_links.id" as never),
    )
    .select([
      "order_links.order_key",
      "events.effect",
      "events.dispute_id",
      "events.amount_minor",
      "events.cumulative",
      "events.currency",
      "events.object_id",
      "events.link_id",
      "events.occurred_at",
      "events.received_at",
    ])
    .where("events.effect", "in", [...lossEffects])
    // Says nothing more, but in the words of the index.
    .where(sql<boolean>`events.effect <> 'sale'`);

const lossEventsQuery = query<{ order_key: OrderKey }>()((db, p) =>
  selectLossEvents(db).where("order_links.order_key", "=", p.order_key).orderBy("events.occurred_at"),
);

/** The refunds and disputes of an order, also those that came before its sale. */
export const findLossEvents = (tx: Tx, order: OrderKey) => tx.all(lossEventsQuery, { order_key: order });
