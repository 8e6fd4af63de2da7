import type { Hashes } from "../secrets/hashes.ts";
import { openSealed } from "../secrets/seal.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type CustomerHashes, hashesOfCustomer, isCommonBuyer } from "./deal-customer.ts";
import {
  listDealSteps,
  listDealsOfCustomer,
  listDealsOfSite,
  listDealsWithoutSite,
  updateDealSite,
} from "./rows/deals.ts";
import type { DealRow } from "./rows/schema.ts";
import { rowName } from "./shown-deal.ts";

interface World {
  hashes: Hashes;
}

/** Whether a deal's protection has passed. */
export const isOver = ({ state, protected_until }: DealRow, now: Instant): boolean =>
  state === "accepted" && protected_until !== null && protected_until < now;

/** Others with a common buyer, a common product and a common territory that wait or hold. */
export async function findConflicts(tx: Tx, world: World, deal: DealRow, now: Instant): Promise<DealRow[]> {
  const own = customerOf(world, deal);
  if (own === undefined) return [];
  const same = await listDealsOfCustomer(tx, own.hash);
  const around = own.site === "" ? [] : await listDealsOfSite(tx, own.site);
  const others = new Map([...same, ...around].map((one) => [one.deal_id, one]));
  return [...others.values()]
    .filter(
      (one) =>
        one.partner_id !== deal.partner_id &&
        !isOver(one, now) &&
        isCommon(one.product, deal.product) &&
        isCommon(one.territory, deal.territory),
    )
    .filter((one) => {
      const its = customerOf(world, one);
      return its !== undefined && isCommonBuyer(own, its);
    })
    .sort((a, b) => (a.deal_id < b.deal_id ? -1 : 1));
}

const isCommon = <Named>(a: Named | null, b: Named | null): boolean => a === null || b === null || a === b;

/** By what a deal's customer is found; undefined for one who was erased. */
export function customerOf({ hashes }: World, row: DealRow): CustomerHashes | undefined {
  if (row.customer_hash === `erased ${row.deal_id}`) return undefined;
  return hashesOfCustomer({ hashes }, openSealed(row.customer_sealed, rowName(row.deal_id), hashes.dealKey));
}

/** A deal's row with what became of it and what stands against it. */
export const readAround = async (tx: Tx, world: World, row: DealRow, now: Instant) => ({
  row,
  steps: await listDealSteps(tx, row.deal_id),
  others: row.state === "refused" || row.state === "ended" ? [] : await findConflicts(tx, world, row, now),
});

const rowsAtOnce = 500;

/**
 * Makes whoever decides about deals that may be in conflict wait for one another, and gives those of before the site by
 * which they are found.
 */
export async function lockDeals(
  tx: Tx,
  world: World,
  { hash, site }: Pick<CustomerHashes, "hash" | "site">,
): Promise<void> {
  await lockName(tx, `deals ${site || hash}`);
  for (let rows = await listDealsWithoutSite(tx, rowsAtOnce); rows.length > 0; ) {
    for (const row of rows)
      await updateDealSite(tx, { deal_id: row.deal_id, site_hash: customerOf(world, row)?.site ?? "" });
    rows = await listDealsWithoutSite(tx, rowsAtOnce);
  }
}
