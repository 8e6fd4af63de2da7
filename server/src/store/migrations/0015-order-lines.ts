import { type Definition, oneOf } from "./ddl.ts";

const effects = [
  "sale",
  "refund",
  "payment",
  "dispute_opened",
  "dispute_won",
  "dispute_lost",
  "dispute_reversed",
  "restored",
  "link",
];
const statuses = ["pending", "done", "failed", "cancelled", "deleted", "whole"];
const cycles = ["new", "renewal", "upgrade"];

/**
 * What shops tell of lines, of money that moves in steps, and of orders that change. A table's checks cannot be changed
 * on SQLite, so its tables are written anew there.
 */
export const orderLines: Definition = (dialect) =>
  dialect.engine === "postgres" ? onPostgres(dialect) : onSqlite(dialect);

const onPostgres: Definition = ({ text, int64 }) => [
  "alter table events rename column dispute_id to movement_id",
  "alter table events drop constraint events_effect_check",
  `alter table events add constraint events_effect_check ${oneOf("effect", effects)}`,
  `alter table events
    add column status ${text} ${oneOf("status", statuses)},
    add column net_minor ${int64} check (net_minor >= 0),
    add column lines text,
    add column note text,
    add column created_at ${int64}`,
  "alter table orders drop constraint orders_cycle_check",
  `alter table orders add constraint orders_cycle_check ${oneOf("cycle", cycles)}`,
  `alter table orders
    add column told_cycle text not null default 'new' ${oneOf("told_cycle", cycles)},
    add column lines text,
    add column amounts_rank ${int64} not null default 1,
    add column amounts_at ${int64} not null default 0,
    add column joined_to ${text}`,
  "update orders set told_cycle = cycle, amounts_rank = case when currency = upper('xxx') then 0 else 1 end",
];

const onSqlite: Definition = ({ text, int64, appended, appendOnly }) => [
  `create table events_anew (
    shop ${text} not null,
    event_id ${text} not null,
    object_id ${text} not null,
    effect ${text} not null ${oneOf("effect", effects)},
    link_id ${text} not null,
    movement_id ${text},
    status ${text} ${oneOf("status", statuses)},
    amount_minor ${int64} not null check (amount_minor >= 0),
    net_minor ${int64} check (net_minor >= 0),
    cumulative ${int64} not null check (cumulative in (0, 1)),
    currency ${text},
    lines text,
    note text,
    occurred_at ${int64} not null,
    created_at ${int64},
    received_at ${int64} not null,
    primary key (event_id, shop)
  ) ${appended}`,
  `insert into events_anew (shop, event_id, object_id, effect, link_id, movement_id, amount_minor, cumulative, currency,
      occurred_at, received_at)
    select shop, event_id, object_id, effect, link_id, dispute_id, amount_minor, cumulative, currency,
      occurred_at, received_at from events order by rowid`,
  "drop table events",
  "alter table events_anew rename to events",
  "create index events_by_link on events (link_id, shop) where effect <> 'sale'",
  "create unique index events_by_object on events (object_id, shop, effect) where effect <> 'sale'",
  ...appendOnly("events"),
  `create table orders_anew (
    order_key ${text} primary key not null,
    shop ${text} not null,
    order_id ${text} not null,
    object_id ${text} not null,
    cycle text not null ${oneOf("cycle", cycles)},
    told_cycle text not null ${oneOf("told_cycle", cycles)},
    product ${text},
    subscription_id ${text},
    licence_hash ${text},
    email_hash ${text},
    email_domain_hash ${text},
    reference ${text},
    coupon text,
    net_minor ${int64} not null check (net_minor >= 0),
    tax_minor ${int64} not null check (tax_minor >= 0),
    currency ${text} not null,
    lines text,
    amounts_rank ${int64} not null,
    amounts_at ${int64} not null,
    occurred_at ${int64} not null,
    received_at ${int64} not null,
    decision_seq ${int64} not null check (decision_seq >= 0),
    outcome ${text} not null ${oneOf("outcome", ["credited", "held", "unattributed"])},
    partner_id ${text},
    reason text not null,
    release_at ${int64},
    released_at ${int64},
    joined_to ${text}
  ) ${appended}`,
  `insert into orders_anew (order_key, shop, order_id, object_id, cycle, told_cycle, product, subscription_id, licence_hash,
      email_hash, email_domain_hash, reference, coupon, net_minor, tax_minor, currency, amounts_rank, amounts_at,
      occurred_at, received_at, decision_seq, outcome, partner_id, reason, release_at, released_at)
    select order_key, shop, order_id, object_id, cycle, cycle, product, subscription_id, licence_hash,
      email_hash, email_domain_hash, reference, coupon, net_minor, tax_minor, currency,
      case when currency = upper('xxx') then 0 else 1 end, 0,
      occurred_at, received_at, decision_seq, outcome, partner_id, reason, release_at, released_at
    from orders order by rowid`,
  "drop table orders",
  "alter table orders_anew rename to orders",
  "create index orders_by_licence on orders (licence_hash) where licence_hash is not null",
  "create index orders_by_subscription on orders (subscription_id, shop) where subscription_id is not null",
  "create index orders_by_outcome on orders (outcome, order_key)",
  "create index orders_by_release on orders (release_at) where release_at is not null",
];
