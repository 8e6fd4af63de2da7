import { type RawBuilder, sql } from "kysely";
import type { Engine } from "../../store/query.ts";

/** Which of an address's orders: all by default. */
export interface EmailOrdersPage {
  /** What holds of their keys. */
  within(order_key: RawBuilder<unknown>): RawBuilder<boolean>;
  order: "asc" | "desc";
  limit: RawBuilder<unknown>;
}

/**
 * The condition that a row of `orders` was bought by an address. On SQLite it is found in the runs that are sorted by
 * address, and behind them at the end of `orders`.
 *
 * @param page the first of them or the last, so that no more keys are gathered than are read
 */
export function boughtBy(
  engine: Engine,
  email_hash: RawBuilder<unknown>,
  page?: EmailOrdersPage,
): RawBuilder<boolean> {
  const within = (order_key: RawBuilder<unknown>) =>
    page === undefined ? sql`` : sql` and ${page.within(order_key)}`;
  if (engine !== "sqlite") return sql`orders.email_hash = ${email_hash}${within(sql`orders.order_key`)}`;
  const cut =
    page === undefined ? sql`` : sql` order by order_key ${sql.raw(page.order)} limit ${page.limit}`;
  return sql`orders.order_key in (
    select order_key from (select email_orders.order_key
      from email_runs cross join email_orders on email_orders.run = email_runs.run
      where email_orders.email_hash = ${email_hash}${within(sql`email_orders.order_key`)}${cut})
    union all
    select order_key from (select unsorted.order_key from orders as unsorted not indexed
      where unsorted.rowid > (select until from sorted_orders)
        and unsorted.email_hash = ${email_hash}${within(sql`unsorted.order_key`)}${cut}))`;
}
