import { sql } from "kysely";

/** Parts of queries over `traceOf` lists: what stands behind an order may hang on an earlier one of the same copy. */

/** The order's key, as the list gives it. */
export const ownKey = sql`item.value ->> 0`;
/** The partner that evidence named. */
export const ownPartner = sql`item.value ->> 4`;
/** Further members of the list. */
export const ownText = (index: number) => sql`item.value ->> ${sql.lit(index)}`;
/** The same as a number. */
export const ownNumber = (index: number) => sql`cast(item.value ->> ${sql.lit(index)} as bigint)`;

/** Whether the order still hangs together with any other: erasing a person may have cut it loose. */
export const hangsTogether = sql`(item.value ->> 2 is not null or item.value ->> 3 is not null)`;

/** The keys of the orders of the same copy. */
export const relatedKeys = sql`(
  select order_key from orders where subscription_id = item.value ->> 2 and shop = item.value ->> 1
  union all select order_key from orders where licence_hash = item.value ->> 3)`;

/** The licences of the order and of those of its subscription. */
export const relatedLicences = sql`(
  select item.value ->> 3 as licence_hash
  union all select licence_hash from orders where subscription_id = item.value ->> 2 and shop = item.value ->> 1
    and licence_hash is not null)`;

/** Whether none of these licences was erased, so that what stood behind them has to be there. */
export const knowsLicences = sql`(item.value ->> 3 is not null and not exists (
  select 1 from orders where subscription_id = item.value ->> 2 and shop = item.value ->> 1 and licence_hash is null))`;
