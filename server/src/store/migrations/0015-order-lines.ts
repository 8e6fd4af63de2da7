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
const cycles = ["new", "renewal"];

/**
 * What shops tell of lines, of money that moves in steps, and of orders that change. A table's checks cannot be changed
 * on SQLite, so the events are written anew there.
 */
export const orderLines: Definition = (dialect) =>
  dialect.engine === "postgres" ? onPostgres(dialect) : onSqlite(dialect);

const onPostgres: Definition = (dialect) => [
  "alter table events rename column dispute_id to movement_id",
  "alter table events drop constraint events_effect_check",
  `alter table events add constraint events_effect_check ${oneOf("effect", effects)}`,
  `alter table events
    add column status ${dialect.text} ${oneOf("status", statuses)},
    add column net_minor ${dialect.int64} check (net_minor >= 0),
    add column lines text,
    add column note text,
    add column created_at ${dialect.int64}`,
  ...ordersColumns(dialect),
];

const onSqlite: Definition = (dialect) => [
  `create table events_anew (
    shop ${dialect.text} not null,
    event_id ${dialect.text} not null,
    object_id ${dialect.text} not null,
    effect ${dialect.text} not null ${oneOf("effect", effects)},
    link_id ${dialect.text} not null,
    movement_id ${dialect.text},
    status ${dialect.text} ${oneOf("status", statuses)},
    amount_minor ${dialect.int64} not null check (amount_minor >= 0),
    net_minor ${dialect.int64} check (net_minor >= 0),
    cumulative ${dialect.int64} not null check (cumulative in (0, 1)),
    currency ${dialect.text},
    lines text,
    note text,
    occurred_at ${dialect.int64} not null,
    created_at ${dialect.int64},
    received_at ${dialect.int64} not null,
    primary key (event_id, shop)
  ) ${dialect.appended}`,
  `insert into events_anew (shop, event_id, object_id, effect, link_id, movement_id, amount_minor, cumulative, currency,
      occurred_at, received_at)
    select shop, event_id, object_id, effect, link_id, dispute_id, amount_minor, cumulative, currency,
      occurred_at, received_at from events order by rowid`,
  "drop table events",
  "alter table events_anew rename to events",
  "create index events_by_link on events (link_id, shop) where effect <> 'sale'",
  "create unique index events_by_object on events (object_id, shop, effect) where effect <> 'sale'",
  ...dialect.appendOnly("events"),
  ...ordersColumns(dialect),
];

const ordersColumns: Definition = ({ text, int64 }) => [
  `alter table orders add column told_cycle text not null default 'new' ${oneOf("told_cycle", cycles)}`,
  "alter table orders add column lines text",
  `alter table orders add column amounts_rank ${int64} not null default 1`,
  `alter table orders add column amounts_at ${int64} not null default 0`,
  `alter table orders add column joined_to ${text}`,
  "update orders set told_cycle = cycle, amounts_rank = case when currency = upper('xxx') then 0 else 1 end",
];
