import { requireActivePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { as, type ProductId } from "../words/ids.ts";
import { openBatch, productOfImport, refuseOtherBatch } from "./batch-row.ts";
import { type OpenRange, rangeText } from "./open-range.ts";
import { addOpenRanges, lockOpenRanges, refuseTakenRanges } from "./open-ranges.ts";
import { assignOnImport } from "./record-assignment.ts";
import { countImportedSerials, findSerialBatch, insertSerialImport } from "./rows/batches.ts";

/** A range of consecutive numbers that are the serials themselves. */
export interface OpenImportOrder {
  batch: string;
  /** Needed for a new batch when several products are sold. */
  product?: string | undefined;
  partner?: string | undefined;
  open: OpenRange;
  dryRun?: boolean | undefined;
}

/** What an import of open numbers did, or would do. */
export interface OpenImportReport {
  batch: string;
  product: ProductId;
  kind: "open";
  partner: string | null;
  open: string;
  /** How many numbers the range has, and how many of them the batch did not have before. */
  serials: number;
  added: number;
  dryRun: boolean;
}

/**
 * Imports consecutive open numbers into a batch. They are kept as a range, however many they are.
 *
 * @throws {Refusal} `open_numbers_taken`, `serial_batch_mismatch`, `serial_batch_revoked`, `product_unknown`,
 * `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function importOpenNumbers(
  deps: Pick<Deps, "store" | "config" | "clock">,
  order: OpenImportOrder,
): Promise<OpenImportReport> {
  const { batch, open, dryRun = false } = order;
  const product = await productOfImport(deps, order);
  const partner = order.partner === undefined ? undefined : as.partner(order.partner);
  const target = { batch, product, kind: "open" } as const;
  const said = { ...target, partner: partner ?? null, open: rangeText(open) };
  const serials = open.last - open.first + 1;
  const now = deps.clock();
  if (dryRun) {
    const added = await deps.store.read(async (tx) => {
      const known = await findSerialBatch(tx, batch);
      if (known !== undefined) refuseOtherBatch(known, target);
      if (partner !== undefined) await requireActivePartner(tx, partner);
      return refuseTakenRanges(tx, target, [open]);
    });
    return { ...said, serials, added, dryRun };
  }
  const added = await deps.store.write(async (tx) => {
    const { batch_no } = await openBatch(tx, target, now);
    await lockOpenRanges(tx, product);
    const fresh = await addOpenRanges(tx, { product, batch_no }, [open], now);
    if (partner !== undefined) await assignOnImport(tx, { batch_no, partner }, now);
    const import_no = await insertSerialImport(tx, { batch_no, imported_at: now });
    await countImportedSerials(tx, { import_no, added: fresh });
    return fresh;
  });
  return { ...said, serials, added, dryRun };
}
