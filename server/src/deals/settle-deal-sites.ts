import type { Hashes } from "../secrets/hashes.ts";
import type { Store } from "../store/store.ts";
import { customerOf, isErased } from "./deal-conflicts.ts";
import { listDealsWithoutSite, updateDealSite } from "./rows/deals.ts";

/**
 * Gives the deals of before the site by which those about one customer find each other. In small steps, each a commit of its
 * own: a start that was killed goes on where it was, and nobody who registers a deal waits for it.
 *
 * A deal whose customer does not open, since somebody changed its row, is left as it is: `ledger verify` names it.
 *
 * @returns how many were given theirs, and how many cannot be, the first five by their ids
 */
export async function settleDealSites(
  { store, hashes }: { store: Pick<Store, "write" | "read">; hashes: Hashes },
  { rowsPerStep = 500 } = {},
): Promise<{ settled: number; broken: number; named: string[] }> {
  const result = { settled: 0, broken: 0, named: [] as string[] };
  const first = { after: "", limit: rowsPerStep };
  if ((await store.read((tx) => listDealsWithoutSite(tx, { ...first, limit: 1 }))).length === 0)
    return result;
  for (let page = first; ; ) {
    const { rows, broken } = await store.write(async (tx) => {
      const found = await listDealsWithoutSite(tx, page);
      const without: string[] = [];
      for (const row of found) {
        const site = isErased(row) ? "" : customerOf({ hashes }, row)?.site;
        if (site === undefined) without.push(row.deal_id);
        else await updateDealSite(tx, { deal_id: row.deal_id, site_hash: site });
      }
      return { rows: found, broken: without };
    });
    result.settled += rows.length - broken.length;
    result.broken += broken.length;
    result.named.push(...broken.slice(0, namedAtMost - result.named.length));
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerStep) return result;
    page = { after: last.deal_id, limit: rowsPerStep };
  }
}

const namedAtMost = 5;
