import type { Hashes } from "../secrets/hashes.ts";
import { Unopened } from "../secrets/unopened.ts";
import type { Store } from "../store/store.ts";
import type { EmailDomainHash } from "../words/ids.ts";
import { customerOf, isErased } from "./deal-conflicts.ts";
import { listDealsWithoutSite, updateDealSite } from "./rows/deals.ts";
import type { DealRow } from "./rows/schema.ts";

interface World {
  store: Pick<Store, "write" | "read">;
  hashes: Hashes;
}

/** Deals whose customer does not open, since somebody changed their rows: how many, and the first five by their ids. */
export interface BrokenDeals {
  broken: number;
  named: string[];
}

const namedAtMost = 5;

/**
 * Gives the deals of before the site by which those about one customer find each other. In small steps, each a commit of its
 * own: a start that was killed goes on where it was, and nobody who registers a deal waits for it. Where there is none to
 * give it to, nothing is written.
 *
 * A deal whose customer does not open is left as it is: `ledger verify` names it.
 *
 * @param options.unopened what an earlier round found that does not open
 * @returns how many were given theirs, and which cannot be
 */
export async function settleDealSites(
  { store, hashes }: World,
  { rowsPerStep = 500, unopened = new Unopened() } = {},
): Promise<BrokenDeals & { settled: number }> {
  const broken: DealRow[] = [];
  let settled = 0;
  for await (const rows of dealsWithoutSite(store, rowsPerStep)) {
    const sited: { deal_id: string; site_hash: EmailDomainHash | "" }[] = [];
    for (const row of rows) {
      const { deal_id, customer_sealed: sealed } = row;
      const site = unopened.has(deal_id, sealed) ? undefined : siteOf(hashes, row);
      if (site === undefined) {
        unopened.add(deal_id, sealed);
        broken.push(row);
      } else sited.push({ deal_id, site_hash: site });
    }
    if (sited.length === 0) continue;
    // Whoever was erased meanwhile has a site, an empty one, and keeps it.
    settled += await store.write(async (tx) => {
      let changed = 0;
      for (const one of sited) changed += await updateDealSite(tx, one);
      return changed;
    });
  }
  return { settled, ...namesOf(broken) };
}

/** Which deals no site can be given to. Writes nothing. */
export async function findBrokenDeals({ store, hashes }: World): Promise<BrokenDeals> {
  const broken: DealRow[] = [];
  for await (const rows of dealsWithoutSite(store, 500))
    broken.push(...rows.filter((row) => siteOf(hashes, row) === undefined));
  return namesOf(broken);
}

/** The deals that have no site yet, in pages by their ids. */
async function* dealsWithoutSite(store: World["store"], limit: number): AsyncGenerator<DealRow[]> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page = { after, limit };
    const rows: DealRow[] = await store.read((tx) => listDealsWithoutSite(tx, page));
    yield rows;
    after = rows.length < limit ? undefined : rows.at(-1)?.deal_id;
  }
}

/** Empty where the customer was erased or has none; undefined where nobody can tell. */
const siteOf = (hashes: Hashes, row: DealRow): EmailDomainHash | "" | undefined =>
  isErased(row) ? "" : customerOf({ hashes }, row)?.site;

const namesOf = (broken: readonly DealRow[]): BrokenDeals => ({
  broken: broken.length,
  named: broken.slice(0, namedAtMost).map(({ deal_id }) => deal_id),
});
