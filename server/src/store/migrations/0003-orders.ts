import { type Definition, oneOf } from "./ddl.ts";

/**
 * What the shops told, and the orders that were made of it. Ids come before the shop's name in every key: there are
 * few shops, and an engine that has no statistics yet would otherwise walk through all rows of one. Some shops' ids are
 * random, so no table lies in the order of its key: a short entry goes to a random page, the long row to the end.
 */
export const orders: Definition = ({ text, int64, appended, appendOnly }) => [
  `create table events (
    shop ${text} not null,
    event_id ${text} not null,
    object_id ${text} not null,
    effect ${text} not null
      ${oneOf("effect", ["sale", "refund", "dispute_opened", "dispute_won", "dispute_lost", "link"])},
    link_id ${text} not null,
    dispute_id ${text},
    amount_minor ${int64} not null check (amount_minor >= 0),
    cumulative ${int64} not null check (cumulative in (0, 1)),
    currency ${text},
    occurred_at ${int64} not null,
    received_at ${int64} not null,
    primary key (object_id, shop, effect),
    unique (event_id, shop)
  ) ${appended}`,
  // Found are those that take money back: a sale's row is spared a random page.
  "create index events_by_link on events (link_id, shop) where effect <> 'sale'",
  ...appendOnly("events"),

  `create table order_links (
    namespace ${text} not null,
    id ${text} not null,
    order_key ${text} not null,
    primary key (id, namespace)
  ) ${appended}`,
  "create index order_links_by_order on order_links (order_key)",

  // Keys of orders rise with time, so rows and key are both appended; a row is too long to be an index entry.
  `create table orders (
    order_key ${text} primary key not null,
    shop ${text} not null,
    order_id ${text} not null,
    object_id ${text} not null,
    cycle text not null ${oneOf("cycle", ["new", "renewal"])},
    product ${text},
    subscription_id ${text},
    licence_hash ${text},
    email_hash ${text},
    reference ${text},
    coupon text,
    net_minor ${int64} not null check (net_minor >= 0),
    tax_minor ${int64} not null check (tax_minor >= 0),
    currency ${text} not null,
    occurred_at ${int64} not null,
    received_at ${int64} not null,
    decision_seq ${int64} not null check (decision_seq >= 0),
    outcome ${text} not null ${oneOf("outcome", ["credited", "held", "unattributed"])},
    partner_id ${text},
    reason text not null,
    release_at ${int64},
    released_at ${int64}
  ) ${appended}`,
  "create index orders_by_licence on orders (licence_hash) where licence_hash is not null",
  "create index orders_by_subscription on orders (subscription_id, shop) where subscription_id is not null",
  "create index orders_by_outcome on orders (outcome, order_key)",
  "create index orders_by_release on orders (release_at) where release_at is not null",
];
