import { isoTime } from "../words/clock.ts";
import { countsTiersApart } from "./rows/earnings-sums.ts";
import { type EarningsBy, type EarningsMonthRow, type EarningsRow, earningsBy } from "./rows/schema.ts";

/** By how much months' sums change when some rows take the place of others; nothing for those that stay the same. */
export function changesOfMonths(
  before: readonly EarningsRow[],
  after: readonly EarningsRow[],
): EarningsMonthRow[] {
  const changes = new Map<string, EarningsMonthRow>();
  for (const [rows, sign] of [
    [before, -1],
    [after, 1],
  ] as const)
    for (const row of rows) for (const by of earningsBy) add(changes, by, row, sign);
  return [...changes.values()]
    .filter(
      ({ orders, net_minor, commission_minor }) => orders !== 0 || net_minor !== 0 || commission_minor !== 0,
    )
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ added_by, month, value, currency }: EarningsMonthRow): string =>
  `${added_by} ${month} ${currency} ${value}`;

function add(changes: Map<string, EarningsMonthRow>, by: EarningsBy, row: EarningsRow, sign: 1 | -1): void {
  const month = isoTime(row.occurred_at).slice(0, 7);
  const values: Record<EarningsBy, string> = {
    partner: row.partner_id,
    product: row.product,
    month,
    tier: String(row.tier),
    campaign: row.campaign,
    evidence: row.evidence,
    reason: row.reason,
  };
  const empty: EarningsMonthRow = {
    added_by: by,
    month,
    value: values[by],
    currency: row.currency,
    orders: 0,
    net_minor: 0,
    commission_minor: 0,
  };
  const sum = changes.get(keyOf(empty)) ?? empty;
  changes.set(keyOf(empty), sum);
  const once = countsTiersApart(by) || row.tier <= 1;
  const counted = once && (by === "product" || row.counts === 1);
  sum.orders += counted ? sign : 0;
  sum.net_minor += once ? sign * Number(row.net_minor) : 0;
  sum.commission_minor += sign * Number(row.commission_minor);
}
