import type { Definition } from "./ddl.ts";

/**
 * What each order brought and who earned what of it, in short rows that reports add up: a row a partner and product.
 * Derived from orders, decisions and the journal, and made anew from them at any time.
 */
export const earnings: Definition = ({ text, int64, clustered }) => [
  `create table earnings (
    order_key ${text} not null,
    part ${int64} not null,
    occurred_at ${int64} not null,
    partner_id ${text} not null,
    tier ${int64} not null,
    product ${text} not null,
    evidence ${text} not null,
    reason ${text} not null,
    campaign ${text} not null,
    currency ${text} not null,
    counts ${int64} not null check (counts in (0, 1)),
    net_minor ${int64} not null,
    commission_minor ${int64} not null,
    primary key (order_key, part)
  ) ${clustered}`,
  "create index earnings_by_time on earnings (occurred_at)",

  // The same added up by calendar month: what a report of years reads, in place of a million rows.
  `create table earnings_months (
    added_by ${text} not null,
    month ${text} not null,
    value ${text} not null,
    currency ${text} not null,
    orders ${int64} not null,
    net_minor ${int64} not null,
    commission_minor ${int64} not null,
    primary key (added_by, month, value, currency)
  ) ${clustered}`,

  // By these the orders are found that changed since. New ones are found by their keys: no purchase pays for an index.
  "create index events_lost_by_time on events (received_at) where effect <> 'sale'",
  "create index decisions_again_by_time on decisions (decided_at) where seq > 1",

  // One row: until which orders and changes the rows are made.
  `create table earnings_progress (
    slot ${text} primary key not null check (slot = 'all'),
    order_key ${text} not null,
    changed_at ${int64} not null
  ) ${clustered}`,
];
