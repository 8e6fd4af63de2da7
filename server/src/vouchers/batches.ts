import { requirePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { batchOf, type VoucherBatch, voucherId } from "./batch.ts";
import {
  findVoucherBatch,
  listVoucherBatchRows,
  revokeVoucherBatchRow,
  revokeVoucherRow,
  revokeVoucherTokens,
} from "./rows/batches.ts";

const vouchersPerCommit = 1_000;

/** Which batches to list. */
export interface VoucherBatchFilter {
  partner?: string | undefined;
  /** 1 to 1000, 100 by default. */
  limit?: number | undefined;
  /** Where the page before ended: its `next`. */
  after?: string | undefined;
}

/** Batches by name, a page of them. */
export interface VoucherBatchPage {
  batches: VoucherBatch[];
  /** To be given as `after` for the page that follows; null on the last one. */
  next: string | null;
}

/** Lists batches of vouchers with how many of them are left. */
export async function listVoucherBatches(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { partner, after = "", ...filter }: VoucherBatchFilter,
): Promise<VoucherBatchPage> {
  const limit = rowsOfPage(filter.limit);
  const rows = await store.read(async (tx) => {
    const of = partner === undefined ? undefined : (await requirePartner(tx, partner)).id;
    return listVoucherBatchRows(tx, { partner: of, after, limit: limit + 1 });
  });
  const now = clock();
  const { shown, next } = cutPage(rows, limit, ({ id }) => id);
  return { batches: shown.map((row) => batchOf(row, now)), next };
}

/**
 * Revokes a batch: what is left of it cannot be exchanged, and what was exchanged credits its partner for no purchase
 * after this, nor do the tokens that were given out. One that is revoked already stays as it is.
 *
 * @throws {Refusal} `voucher_batch_unknown`
 */
export async function revokeVoucherBatch(deps: Deps, id: string): Promise<VoucherBatch> {
  const now = deps.clock();
  const row = await deps.store.write(async (tx) => {
    await revokeVoucherBatchRow(tx, { id, revoked_at: now });
    const found = await findVoucherBatch(tx, id);
    if (found === undefined)
      throw new Refusal("voucher_batch_unknown", `There is no batch ${id} of vouchers.`);
    return found;
  });
  // A span a transaction, so that nothing else waits for long. Whoever is interrupted here revokes once more.
  for (let from = 1; from <= row.issued; from += vouchersPerCommit) {
    const span = { batch: id, from, to: from + vouchersPerCommit - 1 };
    await deps.store.write((tx) => revokeVoucherTokens(tx, span, now));
  }
  return batchOf(row, now);
}

function refuseUnknownVoucher(id: string): never {
  throw new Refusal("voucher_unknown", `There is no voucher ${id}.`);
}

/** A single voucher that was revoked. Times in ISO 8601, UTC. */
export interface RevokedVoucher {
  id: string;
  revokedAt: string;
  /** Null when nobody had exchanged it. */
  exchangedAt: string | null;
}

/**
 * Revokes one voucher and the token it gave out, by its id as its card names it: `BATCH/NUMBER`. One that is revoked already stays as it is.
 *
 * @throws {Refusal} `voucher_unknown`
 */
export async function revokeVoucher(deps: Deps, id: string): Promise<RevokedVoucher> {
  const now = deps.clock();
  const [, batch, number] = /^([^/]{1,64})\/([1-9]\d{0,8})$/.exec(id) ?? [];
  const row = await deps.store.write(async (tx) => {
    const found = batch && (await revokeVoucherRow(tx, { batch, number: Number(number) }, now));
    return found || refuseUnknownVoucher(id);
  });
  return {
    id: voucherId(row.batch_id, row.number),
    revokedAt: isoTime(row.revoked_at ?? now),
    exchangedAt: row.exchanged_at === null ? null : isoTime(row.exchanged_at),
  };
}
