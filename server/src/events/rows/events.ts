import { type Kysely, sql } from "kysely";
import type { LossFact } from "../../ledger/loss-fact.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import type { EventRow, OrderLinkRow, ToldRefund } from "./schema.ts";

const eventColumns = columnsOf<EventRow>({
  shop: true,
  event_id: true,
  object_id: true,
  effect: true,
  link_id: true,
  movement_id: true,
  status: true,
  amount_minor: true,
  net_minor: true,
  cumulative: true,
  currency: true,
  lines: true,
  amounts_rank: true,
  told: true,
  note: true,
  occurred_at: true,
  created_at: true,
  received_at: true,
  seal: true,
});

type EventName = Pick<EventRow, "shop" | "event_id" | "object_id" | "effect">;

const takenQuery = query<EventName>()((db, p) =>
  db
    .selectFrom("events")
    .select("event_id")
    .where("event_id", "=", p.event_id)
    .where("shop", "=", p.shop)
    .unionAll(
      db
        .selectFrom("events")
        .select("event_id")
        .where("object_id", "=", p.object_id)
        .where("shop", "=", p.shop)
        .where("effect", "=", p.effect)
        .where(sql<boolean>`effect <> 'sale'`),
    ),
);

const insertEventQuery = query<EventRow>()(
  (db, p) =>
    db
      .insertInto("events")
      .values(valuesOf(eventColumns, p))
      .onConflict((conflict) => conflict.doNothing()),
  { does: "claim", table: "events", key: ["event_id", "shop"], taken: takenQuery },
);

/**
 * Takes an event; returns false when its id was taken before, or its object with the same effect. A sale's object is
 * told by `claimLinks`: it is among the ids that name the order, so no index of its own is kept for it.
 */
export const insertEvent = async (tx: Tx, event: EventRow): Promise<boolean> =>
  (await tx.run(insertEventQuery, event)) === 1;

const orderLinkColumns = columnsOf<OrderLinkRow>({ namespace: true, id: true, order_key: true, sold: true });

type LinkName = { namespace: string; id: string };
const link = { table: "order_links", key: ["namespace", "id"] } as const;

const linkQuery = query<LinkName>()((db, p) =>
  db
    .selectFrom("order_links")
    .select("order_key")
    .where("namespace", "=", p.namespace)
    .where("id", "=", p.id),
);

const insertLinkQuery = query<OrderLinkRow>()(
  (db, p) =>
    db
      .insertInto("order_links")
      .values(valuesOf(orderLinkColumns, p))
      .onConflict((conflict) => conflict.doNothing()),
  { does: "claim", ...link, taken: linkQuery },
);

const insertTwoLinksQuery = query<OrderLinkRow & { second: string; second_sold: 0 | 1 }>()(
  (db, p) =>
    db
      .insertInto("order_links")
      .values([
        { namespace: p.namespace, id: p.id, order_key: p.order_key, sold: p.sold },
        { namespace: p.namespace, id: p.second, order_key: p.order_key, sold: p.second_sold },
      ])
      .onConflict((conflict) => conflict.doNothing()),
  {
    does: "claims",
    each: insertLinkQuery,
    rows: ({ namespace, id, order_key, sold, second, second_sold }) => [
      { namespace, id, order_key, sold },
      { namespace, id: second, order_key, sold: second_sold },
    ],
  },
);

const lockLinkQuery = query<LinkName>()(
  (db, p) =>
    db
      .updateTable("order_links")
      .set((row) => ({ order_key: row.ref("order_key") }))
      .where("namespace", "=", p.namespace)
      .where("id", "=", p.id)
      .returning("order_key"),
  { does: "lock", ...link, there: linkQuery },
);

const unsoldLinkQuery = query<LinkName>()((db, p) =>
  db
    .selectFrom("order_links")
    .select("id")
    .where("namespace", "=", p.namespace)
    .where("id", "=", p.id)
    .where("sold", "=", 0),
);

const sellLinkQuery = query<LinkName>()(
  (db, p) =>
    db
      .updateTable("order_links")
      .set({ sold: 1 })
      .where("namespace", "=", p.namespace)
      .where("id", "=", p.id)
      .where("sold", "=", 0),
  { does: "update", ...link, matches: unsoldLinkQuery },
);

/** An id, and the order it is to name. */
export type LinkClaim = Omit<OrderLinkRow, "sold">;

/**
 * Makes an id name an order unless it names one already; returns the order it names. The row is locked until the
 * transaction ends, also when it was only just made: a lock on a missing row would lock nothing.
 */
export const claimLink = (tx: Tx, link: LinkClaim): Promise<OrderKey> =>
  makeOrLockLink(tx, { ...link, sold: 0 });

async function makeOrLockLink(tx: Tx, row: OrderLinkRow): Promise<OrderKey> {
  if ((await tx.run(insertLinkQuery, row)) === 1) return row.order_key;
  const found = await tx.one(lockLinkQuery, { namespace: row.namespace, id: row.id });
  if (found === undefined)
    throw new Error("a link that could not be made is there, and none is ever removed");
  return found.order_key;
}

/** The ids that one event gives for an order, with a key that no order has yet. */
export interface LinkClaims extends Omit<LinkClaim, "id"> {
  ids: readonly string[];
  /** The one of them that is the object of a sale. */
  sold?: string | undefined;
}

/** What ids turned out to name. */
export interface ClaimedLinks {
  keys: Set<OrderKey>;
  /** The sale of this object was taken before, perhaps under another event id. */
  soldBefore: boolean;
}

/**
 * Makes ids name an order, each unless it names one already; returns the orders they name. Most sales have two ids that
 * nobody has heard of before, and then it is one statement.
 */
export async function claimLinks(tx: Tx, { ids, sold, ...link }: LinkClaims): Promise<ClaimedLinks> {
  const [id, second] = ids;
  const isSold = (one: string) => (one === sold ? 1 : 0);
  if (ids.length === 2 && id !== undefined && second !== undefined) {
    const two = { ...link, id, sold: isSold(id), second, second_sold: isSold(second) } as const;
    if ((await tx.run(insertTwoLinksQuery, two)) === 2)
      return { keys: new Set([link.order_key]), soldBefore: false };
  }
  const keys = new Set<OrderKey>();
  let soldBefore = false;
  for (const one of ids) {
    const row = { ...link, id: one, sold: isSold(one) } as const;
    const key = await makeOrLockLink(tx, row);
    keys.add(key);
    // A link to the new key was made just now, here or among the two above.
    if (one === sold && key !== link.order_key) soldBefore = (await tx.run(sellLinkQuery, row)) === 0;
  }
  return { keys, soldBefore };
}

const moveLinksQuery = query<{ from: OrderKey; to: OrderKey }>()((db, p) =>
  db.updateTable("order_links").set({ order_key: p.to }).where("order_key", "=", p.from),
);

/** Makes all ids of one order name another: an event told that both are the same sale. */
export const moveLinks = (tx: Tx, move: { from: OrderKey; to: OrderKey }) => tx.run(moveLinksQuery, move);

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
      "events.movement_id",
      "events.status",
      "events.amount_minor",
      "events.net_minor",
      "events.cumulative",
      "events.currency",
      "events.lines",
      "events.note",
      "events.told",
      "events.created_at",
      "events.object_id",
      "events.link_id",
      "events.occurred_at",
      "events.received_at",
    ])
    // All but sales and links; the first in the words of the index.
    .where(sql<boolean>`events.effect <> 'sale' and events.effect <> 'link'`);

const lossEventsQuery = query<{ order_key: OrderKey }>()((db, p) =>
  selectLossEvents(db).where("order_links.order_key", "=", p.order_key).orderBy("events.occurred_at"),
);

/** The refunds and disputes of an order, also those that came before its sale. */
export const findLossEvents = (tx: Tx, order: OrderKey) => tx.all(lossEventsQuery, { order_key: order });

/** A stored refund, dispute or payment. */
export type LossRow = Awaited<ReturnType<typeof findLossEvents>>[number];

/** Of a payment that goes by two names what one of them is: Stripe alone has such, and tells them apart by their first letters. */
function paymentNamedBy(id: string): LossFact["soleName"] {
  if (/^(ch|py)_/.test(id)) return "charge";
  return id.startsWith("pi_") ? "intent" : undefined;
}

/** A stored event as the pure core reads it. */
export const lossFactOf = (row: LossRow): LossFact => ({
  effect: row.effect as LossFact["effect"],
  movement: row.movement_id ?? row.object_id,
  payment: row.link_id,
  alsoNamed: row.told === null ? [] : (JSON.parse(row.told) as ToldRefund).payment,
  soleName: row.told === null ? paymentNamedBy(row.link_id) : undefined,
  status: row.status ?? "done",
  cumulative: row.cumulative === 1,
  grossMinor: row.amount_minor,
  netMinor: row.net_minor ?? undefined,
  lines: row.lines === null ? [] : (JSON.parse(row.lines) as LossFact["lines"]),
  currency: row.currency,
  at: row.occurred_at,
  createdAt: row.created_at ?? undefined,
});
