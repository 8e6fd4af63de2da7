import type { Definition } from "./ddl.ts";

/**
 * SQLite: by partner and by the buyer's address orders are sorted later, many at once, as the journal is
 * (`0104-sorted-movements.ts`). Each index had a page of its own for nearly every purchase of a commit. What came since
 * stands at the end of `orders`, which are never deleted, so that their row numbers are the order in which they came.
 * Unlike the journal's movements orders change: triggers keep what is sorted already as an index would be.
 *
 * Addresses are hashes, so sorting them by themselves would touch as many pages later. They are sorted within runs of
 * some thousand orders, and whoever looks for one asks each run.
 */
export const sortedOrders: Definition = ({ engine, int64, text, clustered }) =>
  engine !== "sqlite"
    ? []
    : [
        `create table partner_orders (
          partner_id ${text} not null,
          occurred_at ${int64} not null,
          order_key ${text} not null,
          primary key (partner_id, occurred_at, order_key)
        ) ${clustered}`,
        `create table email_orders (
          run ${int64} not null,
          email_hash ${text} not null,
          order_key ${text} not null,
          primary key (run, email_hash, order_key)
        ) ${clustered}`,
        // How many orders were sorted into each run. The last one is still filled.
        `create table email_runs (
          run ${int64} primary key not null,
          orders ${int64} not null
        ) ${clustered}`,
        // One row: up to which row of `orders` the others have all.
        `create table sorted_orders (
          slot ${text} primary key not null check (slot = 'all'),
          until ${int64} not null
        ) ${clustered}`,
        `insert into partner_orders (partner_id, occurred_at, order_key)
          select partner_id, occurred_at, order_key from orders where partner_id is not null
          order by partner_id, occurred_at, order_key`,
        `insert into email_orders (run, email_hash, order_key)
          select 1, email_hash, order_key from orders where email_hash is not null order by email_hash, order_key`,
        "insert into email_runs (run, orders) select 1, count(*) from orders",
        "insert into sorted_orders (slot, until) select 'all', coalesce(max(rowid), 0) from orders",
        `create trigger orders_sort_partner after update of partner_id, occurred_at on orders
          when (new.partner_id is not old.partner_id or new.occurred_at <> old.occurred_at)
            and new.rowid <= (select until from sorted_orders)
          begin
            delete from partner_orders
              where partner_id = old.partner_id and occurred_at = old.occurred_at and order_key = old.order_key;
            insert into partner_orders (partner_id, occurred_at, order_key)
              select new.partner_id, new.occurred_at, new.order_key where new.partner_id is not null;
          end`,
        `create trigger orders_sort_email after update of email_hash on orders
          when new.email_hash is not old.email_hash and new.rowid <= (select until from sorted_orders)
          begin
            delete from email_orders
              where run in (select run from email_runs) and email_hash = old.email_hash and order_key = old.order_key;
            insert into email_orders (run, email_hash, order_key)
              select max(run), new.email_hash, new.order_key from email_runs where new.email_hash is not null
              group by new.email_hash;
          end`,
        ...derived("partner_orders", "partner_id = old.partner_id and occurred_at = old.occurred_at"),
        ...derived("email_orders", "email_hash = old.email_hash"),
        refused("sorted_orders", "update on", "new.until < old.until"),
        refused("sorted_orders", "delete on"),
        refused("email_runs", "update on", "new.run <> old.run or new.orders < old.orders"),
        refused("email_runs", "delete on"),
        "drop index orders_by_partner",
        "drop index orders_by_email",
      ];

/** A row goes when its order says something else, and never becomes another. */
const derived = (table: string, same: string): string[] => [
  refused(table, "update on"),
  refused(table, "delete on", `exists (select 1 from orders where order_key = old.order_key and ${same})`),
];

const refused = (table: string, change: string, when?: string): string =>
  `create trigger ${table}_refuse_${change.split(" ")[0]} before ${change} ${table}
    ${when === undefined ? "" : `when ${when}`} begin select raise(abort, 'what was sorted stays so'); end`;
