import { requireActivePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { as, type ProductId } from "../words/ids.ts";
import { adoptSerials } from "./adopt-serials.ts";
import { openBatch, productOfImport, refuseOtherBatch } from "./batch-row.ts";
import { type ImportPlan, type OnProgress, readImport } from "./import-plan.ts";
import { type ImportCounts, lookUpRecords, writeRecords } from "./import-rows.ts";
import { addOpenRanges, lockOpenRanges, refuseTakenRanges } from "./open-ranges.ts";
import { assignOnImport } from "./record-assignment.ts";
import { findSerialBatch, insertSerialImport } from "./rows/batches.ts";
import { openSoldBefore } from "./sold-before.ts";

/** What is imported, and where to. */
export interface SerialImportOrder {
  batch: string;
  /** Needed for a new batch when several products are sold. */
  product?: string | undefined;
  /** Whom the whole batch is given to; it may also be assigned later. */
  partner?: string | undefined;
  /** True for serials that the receiver gives out itself, in exchange for vouchers. */
  pool?: boolean | undefined;
  /** The file's bytes. */
  source: AsyncIterable<Uint8Array>;
  /** Only says what would be done. */
  dryRun?: boolean | undefined;
}

/** What an import did, or would do. */
export interface SerialImportReport extends ImportCounts {
  batch: string;
  product: ProductId;
  kind: "secret" | "pool";
  partner: string | null;
  /** How many orders that nobody was credited for named one of the serials, and have a new decision. */
  ordersDecided: number;
  dryRun: boolean;
}

type World = Pick<Deps, "store" | "config" | "ways" | "clock" | "hashes" | "log">;

/**
 * Imports a file of serials into a batch. The whole file is read and checked before anything is written; then it is
 * written in the order of the hashes, a short transaction at a time, so that a receiver beside it goes on. An import
 * that was cut short is finished by running it again: what is there already is passed over. Orders that came in before
 * their serials did are decided anew.
 *
 * @throws {Refusal} `serials_invalid` with the lines, `serial_batch_mismatch`, `serial_batch_revoked`,
 * `open_numbers_taken`, `product_unknown`, `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function importSerials(
  deps: World,
  order: SerialImportOrder,
  onProgress: OnProgress = () => {},
): Promise<SerialImportReport> {
  const product = await productOfImport(deps, order);
  const kind = order.pool === true ? "pool" : "secret";
  const target = { batch: order.batch, product, kind } as const;
  await deps.store.read((tx) => refuseEarly(tx, order, target));
  // What a pool gives out was in nobody's hands before.
  const sold = order.dryRun || kind === "pool" ? undefined : await openSoldBefore(deps);
  const plan = await readImport(order.source, deps.hashes, kind === "pool", onProgress, async (serials) => {
    sold?.look(serials);
    await adoptSerials(deps, serials);
  });
  try {
    await deps.store.read((tx) => refuseTakenRanges(tx, target, plan.ranges));
    const counts = order.dryRun
      ? await lookUp(deps, target, plan, onProgress)
      : await write(deps, { ...target, partner: order.partner }, plan, onProgress);
    const ordersDecided = (await sold?.decide()) ?? 0;
    const said = { partner: order.partner ?? null, ordersDecided, dryRun: order.dryRun === true };
    return { ...target, ...said, ...counts };
  } finally {
    plan.close();
  }
}

interface Target {
  batch: string;
  product: ProductId;
  kind: "secret" | "pool";
}

/** A mistake in the command should not be told only after millions of lines. */
async function refuseEarly(tx: Tx, { partner }: SerialImportOrder, target: Target): Promise<void> {
  const known = await findSerialBatch(tx, target.batch);
  if (known !== undefined) refuseOtherBatch(known, target);
  if (partner !== undefined) await requireActivePartner(tx, as.partner(partner));
}

async function lookUp(
  { store }: World,
  target: Target,
  plan: ImportPlan,
  onProgress: OnProgress,
): Promise<ImportCounts> {
  const known = await store.read((tx) => findSerialBatch(tx, target.batch));
  return lookUpRecords(store, plan, known?.batch_no, onProgress);
}

const rangesPerWrite = 1_000;

async function write(
  deps: World,
  { partner, ...target }: Target & { partner: string | undefined },
  plan: ImportPlan,
  onProgress: OnProgress,
): Promise<ImportCounts> {
  const { store, clock } = deps;
  const now = clock();
  const begun = await store.write(async (tx) => {
    const { batch_no } = await openBatch(tx, target, now);
    if (partner !== undefined) await assignOnImport(tx, { batch_no, partner: as.partner(partner) }, now);
    return { batch_no, import_no: await insertSerialImport(tx, { batch_no, imported_at: now }) };
  });
  for (let from = 0; from < plan.ranges.length; from += rangesPerWrite)
    await store.write(async (tx) => {
      await lockOpenRanges(tx, target.product);
      const ranges = plan.ranges.slice(from, from + rangesPerWrite);
      await addOpenRanges(tx, { ...target, batch_no: begun.batch_no }, ranges, now);
    });
  return writeRecords(store, plan, begun, onProgress);
}
