import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { findBatch, listBatchRows } from "./rows/batches.ts";
import { type ItemSum, listItemsOfPartner, readItems, sumItems } from "./rows/items.ts";
import type { BatchState, ItemState, PayoutBatchRow, PayoutChannel, PayoutItemRow } from "./rows/schema.ts";

/** A batch of payouts as it is shown. Times are ISO 8601 in UTC, amounts minor units. */
export interface PayoutBatch {
  id: string;
  currency: string;
  channel: PayoutChannel;
  state: BatchState;
  /** What it is to send: what failed or was taken out is not in it. */
  items: number;
  totalMinor: number;
  /** How many items are in each state. */
  counts: Record<ItemState, number>;
  minimumMinor: number;
  until: string | null;
  proposedBy: string;
  proposedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
  format: string | null;
  executeOn: string | null;
  exportedBy: string | null;
  exportedAt: string | null;
  settledAt: string | null;
  cancelledBy: string | null;
  cancelledAt: string | null;
}

/** One partner's payout within a batch. */
export interface PayoutItem {
  /** Also the end-to-end id at the bank. */
  id: string;
  row: number;
  partner: string;
  currency: string;
  amountMinor: number;
  state: ItemState;
  /** Why it failed, was returned or taken out. */
  why: string | null;
  bankStatus: string | null;
  settledAt: string | null;
  returnedAt: string | null;
}

/** A batch with its items. */
export type PayoutRecord = PayoutBatch & { rows: PayoutItem[] };

/** What to list: 100 batches by default, 1,000 at the most. */
export interface PayoutFilter {
  state?: BatchState | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

const batchPattern = /^po_[a-z0-9]{29}$/;
const itemPattern = /^pi-[a-z0-9]{25}$/;

/**
 * Batches, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listPayouts(
  { store }: Pick<Deps, "store">,
  { state, limit: asked, after }: PayoutFilter = {},
): Promise<{ payouts: PayoutBatch[]; next: string | null }> {
  if (after !== undefined && !batchPattern.test(after)) refuseCursor();
  const limit = rowsOfPage(asked);
  return store.read(async (tx) => {
    const page = { before: after ?? "po_~", state: state ?? "", limit: limit + 1 };
    const { shown, next } = cutPage(await listBatchRows(tx, page), limit, ({ id }) => id);
    const payouts: PayoutBatch[] = [];
    for (const row of shown) payouts.push(batchOf(row, await sumItems(tx, row.id)));
    return { payouts, next };
  });
}

/** @throws {Refusal} `payout_unknown` */
export async function showPayout({ store }: Pick<Deps, "store">, id: string): Promise<PayoutRecord> {
  return store.read((tx) => readPayout(tx, id));
}

/** A batch with its items, as a transaction sees it. @throws {Refusal} `payout_unknown` */
export async function readPayout(tx: Tx, id: string): Promise<PayoutRecord> {
  const row = await findBatch(tx, id);
  if (row === undefined) return refuseUnknownPayout(id);
  const items = await readItems(tx, id);
  return { ...batchOf(row, await sumItems(tx, id)), rows: items.map(itemOf) };
}

/** A payout as its partner sees it: of the batch it is in, nothing but what concerns it. */
export type PartnerPayout = Pick<
  PayoutItem,
  "id" | "currency" | "amountMinor" | "state" | "settledAt" | "returnedAt"
>;

/**
 * What was or is to be sent to a partner, the newest first.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listPartnerPayouts(
  { store }: Pick<Deps, "store">,
  partner: PartnerId,
  { limit: asked, after }: Pick<PayoutFilter, "limit" | "after"> = {},
): Promise<{ payouts: PartnerPayout[]; next: string | null }> {
  if (after !== undefined && !itemPattern.test(after)) refuseCursor();
  const limit = rowsOfPage(asked);
  const page = { partner_id: partner, before: after ?? "pi-~", limit: limit + 1 };
  const { shown, next } = cutPage(
    await store.read((tx) => listItemsOfPartner(tx, page)),
    limit,
    ({ id }) => id,
  );
  return {
    payouts: shown.map(itemOf).map(({ id, currency, amountMinor, state, settledAt, returnedAt }) => ({
      id,
      currency,
      amountMinor,
      state,
      settledAt,
      returnedAt,
    })),
    next,
  };
}

/** @throws {Refusal} `payout_unknown`, always */
export function refuseUnknownPayout(id: string): never {
  throw new Refusal("payout_unknown", `There is no payout ${JSON.stringify(id.slice(0, 64))}.`);
}

/** A batch's row with its sums. */
export function batchOf(row: PayoutBatchRow, sums: readonly ItemSum[]): PayoutBatch {
  const counts = { open: 0, confirmed: 0, failed: 0, returned: 0, cancelled: 0 };
  let items = 0;
  let totalMinor = 0;
  for (const sum of sums) {
    counts[sum.state] += sum.items;
    const isIn = row.exported_at === null ? sum.state !== "failed" : sum.sent === 1;
    if (!isIn) continue;
    items += sum.items;
    totalMinor += sum.amountMinor;
  }
  const time = (at: PayoutBatchRow["settled_at"]) => (at === null ? null : isoTime(at));
  return {
    id: row.id,
    currency: row.currency,
    channel: row.channel,
    state: row.state,
    items,
    totalMinor,
    counts,
    minimumMinor: row.minimum_minor,
    until: time(row.until_at),
    proposedBy: row.proposed_by,
    proposedAt: isoTime(row.proposed_at),
    approvedBy: row.approved_by,
    approvedAt: time(row.approved_at),
    format: row.format,
    executeOn: row.execute_on,
    exportedBy: row.exported_by,
    exportedAt: time(row.exported_at),
    settledAt: time(row.settled_at),
    cancelledBy: row.cancelled_by,
    cancelledAt: time(row.cancelled_at),
  };
}

const itemOf = (row: PayoutItemRow): PayoutItem => ({
  id: row.id,
  row: row.row_no,
  partner: row.partner_id,
  currency: row.currency,
  amountMinor: row.amount_minor,
  state: row.state,
  why: row.why,
  bankStatus: row.bank_status,
  settledAt: row.settled_at === null ? null : isoTime(row.settled_at),
  returnedAt: row.returned_at === null ? null : isoTime(row.returned_at),
});
