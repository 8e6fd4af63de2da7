import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { PayoutBatch, PayoutItem, PayoutRecord } from "../payout.ts";
import type { ExcludedPayout, PlannedPayout } from "../propose.ts";
import type { TaxYearRow } from "../tax-year.ts";

const batchColumns: readonly Column<PayoutBatch>[] = [
  { heading: "payout", of: ({ id }) => id },
  { heading: "state", of: ({ state }) => state },
  { heading: "through", of: ({ channel }) => channel },
  { heading: "rows", of: ({ items }) => items, align: "right" },
  { heading: "total", of: ({ totalMinor, currency }) => formatMoney(totalMinor, currency), align: "right" },
  { heading: "open", of: ({ counts }) => counts.open, align: "right" },
  { heading: "failed", of: ({ counts }) => counts.failed + counts.returned, align: "right" },
  { heading: "proposed by", of: ({ proposedBy }) => proposedBy },
  { heading: "approved by", of: ({ approvedBy }) => approvedBy },
];

/** Batches as a table. */
export const batchTable = (batches: readonly PayoutBatch[]): string => formatTable(batchColumns, batches);

const plannedColumns: readonly Column<PlannedPayout>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "through", of: ({ channel }) => channel },
  { heading: "amount", of: (one) => formatMoney(one.amountMinor, one.currency), align: "right" },
];

/** What would be paid, as a table. */
export const plannedTable = (payouts: readonly PlannedPayout[]): string =>
  formatTable(plannedColumns, payouts);

const excludedColumns: readonly Column<ExcludedPayout>[] = [
  { heading: "not paid", of: ({ partner }) => partner },
  { heading: "payable", of: (one) => formatMoney(one.payableMinor, one.currency), align: "right" },
  { heading: "held back", of: (one) => formatMoney(one.heldBackMinor, one.currency), align: "right" },
  { heading: "why", of: ({ detail }) => detail },
];

/** Who is not paid, as a table. */
export const excludedTable = (excluded: readonly ExcludedPayout[]): string =>
  formatTable(excludedColumns, excluded);

const itemColumns: readonly Column<PayoutItem>[] = [
  { heading: "row", of: ({ row }) => row, align: "right" },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "amount", of: (one) => formatMoney(one.amountMinor, one.currency), align: "right" },
  { heading: "state", of: ({ state }) => state },
  { heading: "bank", of: ({ bankStatus }) => bankStatus },
  { heading: "why", of: ({ why }) => why },
  { heading: "end-to-end id", of: ({ id }) => id },
];

/** A batch for a person: its members, then its rows. */
export function payoutText(payout: PayoutRecord): string {
  const by = (actor: string | null, at: string | null) =>
    actor === null || at === null ? null : `${actor}, ${formatTime(at)}`;
  return `${formatFields([
    ["payout", payout.id],
    ["state", payout.state],
    ["through", payout.channel],
    ["total", `${formatMoney(payout.totalMinor, payout.currency)} in ${payout.items} rows`],
    ["proposed", by(payout.proposedBy, payout.proposedAt)],
    ["approved", by(payout.approvedBy, payout.approvedAt)],
    ["exported", by(payout.exportedBy, payout.exportedAt)],
    ["as", payout.format],
    ["to be paid on", payout.executeOn],
    ["settled", payout.settledAt === null ? null : formatTime(payout.settledAt)],
    ["cancelled", by(payout.cancelledBy, payout.cancelledAt)],
  ])}\n${formatTable(itemColumns, payout.rows)}`;
}

const yearColumns: readonly Column<TaxYearRow>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "legal name", of: ({ legalName }) => legalName },
  { heading: "country", of: ({ country }) => country },
  { heading: "tax number", of: ({ taxNumber }) => taxNumber },
  { heading: "form", of: ({ taxForm }) => taxForm },
  { heading: "paid", of: (row) => formatMoney(row.paidMinor, row.currency), align: "right" },
  { heading: "returned", of: (row) => formatMoney(row.returnedMinor, row.currency), align: "right" },
  { heading: "net", of: (row) => formatMoney(row.netMinor, row.currency), align: "right" },
  { heading: "1099-nec", of: ({ is1099 }) => (is1099 ? "due" : null) },
];

/** What was paid in a year, as a table. */
export const yearTable = (rows: readonly TaxYearRow[]): string => formatTable(yearColumns, rows);
