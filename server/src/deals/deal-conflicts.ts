import type { Hashes } from "../secrets/hashes.ts";
import { openIfSound } from "../secrets/seal.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type CustomerHashes, hashesOfCustomer, isCommonBuyer } from "./deal-customer.ts";
import { listDealSteps, listDealsOfCustomer, listDealsOfSite } from "./rows/deals.ts";
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

/** By what a deal's customer is found; undefined for one who was erased, or whose seal somebody broke. */
export function customerOf(world: World, row: DealRow): CustomerHashes | undefined {
  const customer = openCustomer(world, row);
  return customer === undefined ? undefined : hashesOfCustomer(world, customer);
}

/** A deal's customer as it was registered; undefined for one who was erased, or whose seal somebody broke. */
export const openCustomer = ({ hashes }: World, row: DealRow): string | undefined =>
  isErased(row) ? undefined : openIfSound(row.customer_sealed, rowName(row.deal_id), hashes.dealKey);

/** Whether a deal's customer was erased. */
export const isErased = ({ customer_hash, deal_id }: DealRow): boolean =>
  customer_hash === `erased ${deal_id}`;

/** A deal's row with what became of it and what stands against it. */
export const readAround = async (tx: Tx, world: World, row: DealRow, now: Instant) => ({
  row,
  steps: await listDealSteps(tx, row.deal_id),
  others: row.state === "refused" || row.state === "ended" ? [] : await findConflicts(tx, world, row, now),
});

/** Makes whoever decides about deals that may be in conflict wait for one another. */
export const lockDeals = (tx: Tx, { hash, site }: Pick<CustomerHashes, "hash" | "site">): Promise<void> =>
  lockName(tx, `deals ${site || hash}`);
