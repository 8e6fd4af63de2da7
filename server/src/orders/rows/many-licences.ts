import { sql } from "kysely";
import { overList } from "../../store/over-list.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash } from "../../words/ids.ts";

const soldOf = overList(
  (items) => sql<{ licence_hash: LicenceHash }>`select item.value ->> 0 as licence_hash from ${items}
    where exists (select 1 from orders where orders.licence_hash = item.value ->> 0)`,
);

/** Those of some licences of which there is an order. */
export const findSoldLicences = async (
  tx: Tx,
  licences: readonly LicenceHash[],
): Promise<ReadonlySet<LicenceHash>> => {
  const rows = await soldOf(
    tx,
    licences.map((one) => [one]),
  );
  return new Set(rows.map(({ licence_hash }) => licence_hash));
};

const makeLocks = overList(
  (items) => sql<object>`insert into order_links (namespace, id, order_key, sold)
    select 'licence', item.value ->> 0, '', 0 from ${items} where true on conflict do nothing`,
);

const takeLocks = overList(
  (items) => sql<object>`select order_links.id from ${items} cross join order_links
    where order_links.namespace = 'licence' and order_links.id = item.value ->> 0
    order by order_links.id for update of order_links`,
);

/**
 * Makes the sales of many licences wait for the transaction, as `lockLicence` does for one. Always in the same order, so
 * that two who lock many never wait for each other crosswise. SQLite has one writer at a time, so nothing is written there.
 */
export async function lockLicences(tx: Tx, licences: readonly LicenceHash[]): Promise<void> {
  if (tx.engine === "sqlite") return;
  const rows = [...new Set(licences)].sort().map((one) => [one]);
  await makeLocks(tx, rows);
  await takeLocks(tx, rows);
}
