import { requirePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { as } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { type Adjustment, type AdjustmentStatus, adjustmentOf, unknownAdjustment } from "./adjustment.ts";
import { findAdjustment, listAdjustmentRows } from "./rows/adjustments.ts";

/** What to list: 100 adjustments by default, 1,000 at the most. */
export interface AdjustmentFilter {
  partner?: string | undefined;
  status?: AdjustmentStatus | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

/**
 * A page of adjustments, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `partner_unknown`; `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listAdjustments(
  { store }: Pick<Deps, "store">,
  { partner, status, after, ...filter }: AdjustmentFilter = {},
): Promise<{ adjustments: Adjustment[]; next: string | null }> {
  const limit = rowsOfPage(filter.limit);
  const before =
    after === undefined ? Number.MAX_SAFE_INTEGER : /^\d{1,15}$/.test(after) ? Number(after) : refuseCursor();
  const page = {
    before,
    limit: limit + 1,
    partner: partner === undefined ? undefined : as.partner(partner),
    status,
  };
  const rows = await store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    return listAdjustmentRows(tx, page);
  });
  const { shown, next } = cutPage(rows, limit, (last) => String(last.adjustment_no));
  return { adjustments: shown.map(adjustmentOf), next };
}

/**
 * One adjustment.
 *
 * @throws {Refusal} `adjustment_unknown`
 */
export async function showAdjustment({ store }: Pick<Deps, "store">, id: string): Promise<Adjustment> {
  const row = await store.read((tx) => findAdjustment(tx, id));
  if (row === undefined) throw unknownAdjustment(id);
  return adjustmentOf(row);
}
