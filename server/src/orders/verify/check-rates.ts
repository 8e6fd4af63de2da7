import { basisPointsOf } from "../../channel/partner-row.ts";
import type { Tx } from "../../store/store.ts";
import { as, type PartnerId } from "../../words/ids.ts";
import { findRates, type RateRow, walkPartners } from "../rows/checked-orders.ts";
import { agreesWithHistory, type PartnerRates } from "./check-rate.ts";

/** What partners have had as their percentage, by id. */
export async function readRates(
  tx: Tx,
  partners: Iterable<PartnerId>,
): Promise<Map<PartnerId, PartnerRates & { nowBp: number }>> {
  const rows = await findRates(
    tx,
    [...partners].map((id) => [id]),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.id)].map(([id, [first, ...more]]) => [
      id,
      {
        nowBp: first?.percent_bp ?? 0,
        addedBp: first?.added_percent_bp ?? null,
        changes: [...(first === undefined ? [] : [first]), ...more].flatMap(changeOf),
      },
    ]),
  );
}

function changeOf({ changed, recorded_at }: RateRow): { at: number; bp: number }[] {
  const { percent } = JSON.parse(changed ?? "{}") as { percent?: number };
  return percent === undefined || recorded_at === null
    ? []
    : [{ at: recorded_at, bp: basisPointsOf(percent) }];
}

const pageSize = 500;

/** Partners whose percentage is not what was written down last, one sentence each. */
export async function* checkPartners(tx: Tx): AsyncGenerator<string> {
  let after: PartnerId = as.partner("");
  for (;;) {
    const page = await walkPartners(tx, { after, limit: pageSize });
    const last = page.at(-1)?.id;
    if (last === undefined) return;
    for (const [id, rates] of await readRates(
      tx,
      page.map((one) => one.id),
    ))
      if (!agreesWithHistory(rates, rates.nowBp))
        yield `partner ${id}: its percentage is not what was written down last`;
    after = last;
  }
}
