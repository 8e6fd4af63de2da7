import { requireActivePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { decideWaitingOrders } from "../orders/decide/decide-waiting-orders.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { lockLicence } from "../orders/record/order-names.ts";
import type { Store, Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type OrderKey, type PartnerId, type ProductId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { requireBatch, type SerialBatch, unknownBatch } from "./batch-row.ts";
import { type OpenRange, rangeText } from "./open-range.ts";
import { type AssignmentOrder, recordAssignment } from "./record-assignment.ts";
import { findWaitingOrders, type WaitingOrder } from "./rows/assignments.ts";
import { findSerialBatchToChange } from "./rows/batches.ts";
import { findSerialRange } from "./rows/ranges.ts";

/** Whom serials go to. */
export interface SerialAssignmentOrder {
  batch: string;
  partner: string;
  /** A range of the batch's open numbers; the whole batch by default. */
  open?: OpenRange | undefined;
  /** From when on, also in the past; from now on by default. */
  from?: Instant | undefined;
  note?: string | undefined;
  /** Only says what would be done. */
  dryRun?: boolean | undefined;
}

/** An assignment as the command line and the API show it. */
export interface SerialAssignmentReport {
  batch: string;
  product: ProductId;
  partner: PartnerId;
  /** `1000000..1004999`, or null for the whole batch. */
  open: string | null;
  /** ISO 8601, UTC. */
  from: string;
  note: string | null;
  /** False when the same stood already. */
  isNew: boolean;
  /** How many orders that nobody was credited for were decided anew. */
  ordersDecided: number;
  dryRun: boolean;
}

const longestNote = 500;

/**
 * Gives a batch, or a range of its open numbers, to a partner from a date on. What was assigned before stays on record.
 * Orders of copies that were activated and that nobody was credited for are decided anew, a few at a time.
 *
 * @throws {Refusal} `serial_batch_unknown`, `serial_batch_revoked`, `open_numbers_unknown`, `partner_unknown`,
 * `partner_ended`, `request_invalid`
 */
export async function assignSerials(
  deps: Pick<Deps, "store" | "config" | "ways" | "clock" | "log">,
  order: SerialAssignmentOrder,
): Promise<SerialAssignmentReport> {
  const { store, clock } = deps;
  const { batch, open, dryRun = false, from, note } = order;
  refuseIllFormed(order);
  const partner = as.partner(order.partner);
  const now = clock();
  const about = (row: SerialBatch) => ({
    batch,
    product: row.product,
    partner,
    open: open ? rangeText(open) : null,
  });
  if (dryRun) {
    const row = await store.read((tx) => requireBatch(tx, batch));
    await store.read(async (tx) => {
      await refuseUnassignable(tx, row, open);
      await requireActivePartner(tx, partner);
    });
    const said = { from: isoTime(from ?? now), note: note ?? null, isNew: true };
    return { ...about(row), ...said, ordersDecided: 0, dryRun };
  }
  const { row, recorded } = await store.write(async (tx) => {
    const row = await findSerialBatchToChange(tx, batch);
    if (row === undefined) throw unknownBatch(batch);
    await refuseUnassignable(tx, row, open);
    const wanted: AssignmentOrder = { batch_no: row.batch_no, partner, open, from, note };
    return { row, recorded: await recordAssignment(tx, wanted, now) };
  });
  const { effective_from, note: kept } = recorded.assignment;
  const said = { from: isoTime(effective_from), note: kept, isNew: recorded.isNew };
  // Also when nothing is new: the command may have been cut short before it had decided them all.
  const ordersDecided = await decideOrdersOfBatch(deps, row.batch_no);
  return { ...about(row), ...said, ordersDecided, dryRun };
}

function refuseIllFormed({ note }: SerialAssignmentOrder): void {
  if (note !== undefined && (note.length > longestNote || !note.isWellFormed() || /\p{Cc}/u.test(note)))
    throw new Refusal("request_invalid", `A note has at most ${longestNote} characters, on one line.`);
}

/** Both ends of a range must be the batch's: a slip of the finger would give away numbers that do not exist. */
async function refuseUnassignable(tx: Tx, row: SerialBatch, open: OpenRange | undefined): Promise<void> {
  if (row.revoked_at !== null)
    throw new Refusal("serial_batch_revoked", `Batch ${row.batch} was revoked: it cannot be assigned.`);
  for (const end of open === undefined ? [] : [open.first, open.last]) {
    const range = await findSerialRange(tx, row.product, end);
    if (range?.batch_no !== row.batch_no)
      throw new Refusal("open_numbers_unknown", `Batch ${row.batch} has no open number ${end}.`);
  }
}

const copiesPerWrite = 20;

/**
 * Decides anew the orders that nobody was credited for and whose copy was activated with a serial of a batch. It walks
 * over the unattributed orders a page at a time, and what it finds is decided a few in a transaction.
 *
 * @returns how many orders have a new decision
 */
export async function decideOrdersOfBatch(
  { store, config, ways, clock, log }: Pick<Deps, "store" | "config" | "ways" | "clock" | "log">,
  batch_no: number,
): Promise<number> {
  let decided = 0;
  for await (const copies of copiesOfBatch(store, batch_no)) {
    const now = clock();
    const results = await store.write(async (tx) => {
      const orders = [];
      for (const { licence, product } of copies) {
        await lockLicence(tx, licence, as.order(""));
        orders.push(...(await decideWaitingOrders(tx, { config, ways }, { licence, product }, now)));
      }
      return orders;
    });
    for (const one of results) reportOrder(log, one);
    decided += results.filter(({ decision }) => decision !== undefined).length;
  }
  return decided;
}

/** Always in the order of the licences' hashes within a transaction, so that no two wait for each other crosswise. */
async function* copiesOfBatch(store: Store, batch_no: number) {
  let after: OrderKey = as.order("");
  for (;;) {
    const from = after;
    const page = await store.read((tx) => findWaitingOrders(tx, { batch_no, after: from }));
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.order_key;
    const copies = [...new Map(page.flatMap(copyOf)).values()].sort((a, b) =>
      a.licence < b.licence ? -1 : 1,
    );
    for (let at = 0; at < copies.length; at += copiesPerWrite) yield copies.slice(at, at + copiesPerWrite);
  }
}

function copyOf({ licence_hash: licence, product }: WaitingOrder) {
  if (licence === null || product === null) return [];
  return [[`${licence} ${product}`, { licence, product }] as const];
}
