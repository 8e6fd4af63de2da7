import type { Deps } from "../deps/deps.ts";
import { adoptNow, formerOfSerial } from "../secrets/former-hashes.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId, type ProductId } from "../words/ids.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { assignmentInForce } from "./assignment.ts";
import { requireBatch, unknownBatch } from "./batch-row.ts";
import { rangeText } from "./open-range.ts";
import { findActivation } from "./rows/activations.ts";
import { findAssignmentsOfBatch, findAssignmentsOfSerial } from "./rows/assignments.ts";
import { findSerialBatchSummaries, markSerialBatchRevoked, type SerialBatchSummary } from "./rows/batches.ts";
import { findSerialRange } from "./rows/ranges.ts";
import type { SerialAssignmentRow, SerialKind } from "./rows/schema.ts";
import { findSerial } from "./rows/serials.ts";

/** One entry of a batch's history. Times in ISO 8601, UTC. */
export interface SerialAssignment {
  partner: PartnerId;
  /** `1000000..1004999`, or null for the whole batch. */
  open: string | null;
  from: string;
  note: string | null;
  recordedAt: string;
}

/** A batch as the command line and the API show it. */
export interface SerialBatchRecord {
  batch: string;
  product: ProductId;
  kind: SerialKind;
  /** How many serials, or open numbers of an open batch, it has. */
  serials: number;
  /** The smallest and the largest open number; null when it has none. */
  open: string | null;
  /** What a pool can still give out; null for other batches. */
  left: number | null;
  /** Whom the whole batch is assigned to now; null when nobody, or when only ranges of it are. */
  partner: PartnerId | null;
  /** The latest in effect first; the newest thousand. */
  assignments: SerialAssignment[];
  createdAt: string;
  revokedAt: string | null;
}

/** A page of batches; `next` is the `after` of the page behind it. */
export interface SerialBatchPage {
  batches: SerialBatchRecord[];
  next: string | null;
}

/** The batches by name, with their counts and assignments. */
export async function listSerialBatches(
  { store, clock }: Pick<Deps, "store" | "clock">,
  filter: { product?: string; limit?: number; after?: string } = {},
): Promise<SerialBatchPage> {
  const now = clock();
  const { product, after = "" } = filter;
  const limit = rowsOfPage(filter.limit);
  const page = {
    after,
    limit: limit + 1,
    ...(product === undefined ? {} : { product: as.product(product) }),
  };
  return store.read(async (tx) => {
    const rows = await findSerialBatchSummaries(tx, page);
    const { shown, next } = cutPage(rows, limit, ({ batch }) => batch);
    const batches: SerialBatchRecord[] = [];
    for (const row of shown) batches.push(await recordOf(tx, row, now));
    return { batches, next };
  });
}

/**
 * One batch.
 *
 * @throws {Refusal} `serial_batch_unknown`
 */
export function showSerialBatch(
  { store, clock }: Pick<Deps, "store" | "clock">,
  batch: string,
): Promise<SerialBatchRecord> {
  return store.read((tx) => readBatch(tx, batch, clock()));
}

/**
 * Revokes a batch, as when a pallet was stolen: its serials are activated no more and earn nobody anything from now
 * on. One that is revoked already stays as it is.
 *
 * @throws {Refusal} `serial_batch_unknown`
 */
export function revokeSerialBatch(
  { store, clock }: Pick<Deps, "store" | "clock">,
  batch: string,
): Promise<SerialBatchRecord> {
  const now = clock();
  return store.write(async (tx) => {
    const { batch_no } = await requireBatch(tx, batch);
    await markSerialBatchRevoked(tx, { batch_no, revoked_at: now });
    return readBatch(tx, batch, now);
  });
}

/** What is known of a serial, or of the number on a box. The serial itself is not repeated. */
export interface SerialRecord {
  batch: string;
  product: ProductId;
  kind: SerialKind;
  /** True for the number on a box whose serial is a secret: it activates nothing. */
  isPrintedNumber: boolean;
  open: number | null;
  /** Who sold it, or has it to sell; null when nobody. */
  partner: PartnerId | null;
  /** Whom it was ever given to, the latest in effect first. */
  assignments: SerialAssignment[];
  activatedAt: string | null;
  revokedAt: string | null;
}

/**
 * Finds a serial or an open number, among the products' numbers every one that has it.
 *
 * @throws {Refusal} `serial_unknown`
 */
export async function showSerial(
  { store, clock, hashes, config }: Pick<Deps, "store" | "clock" | "hashes" | "config">,
  text: string,
): Promise<SerialRecord[]> {
  await adoptNow({ store }, formerOfSerial(hashes, text));
  const read = readSerial(hashes, text);
  const now = clock();
  const found = await store.read(async (tx) => {
    const records: SerialRecord[] = [];
    if (read === undefined) return records;
    const secret = await findSerial(tx, read.hash);
    if (secret !== undefined) {
      const activation = await findActivation(tx, read.hash);
      records.push(await serialRecordOf(tx, { ...secret, activation, isPrintedNumber: false }, now));
    }
    if (read.open === null || read.openHash === null) return records;
    for (const product of config.products.keys()) {
      const range = await findSerialRange(tx, product, read.open);
      if (range === undefined) continue;
      const isPrintedNumber = range.kind !== "open";
      const activation = isPrintedNumber ? undefined : await findActivation(tx, read.openHash);
      const place = { ...range, open_number: read.open, activation, isPrintedNumber };
      records.push(await serialRecordOf(tx, place, now));
    }
    return records;
  });
  if (found.length === 0) throw new Refusal("serial_unknown", "No batch has this serial or open number.");
  return found;
}

interface FoundSerial {
  batch_no: number;
  batch: string;
  product: ProductId;
  kind: SerialKind;
  revoked_at: Instant | null;
  open_number: number | null;
  activation: { activated_at: Instant } | undefined;
  isPrintedNumber: boolean;
}

async function serialRecordOf(tx: Tx, found: FoundSerial, now: Instant): Promise<SerialRecord> {
  const { batch, product, kind, batch_no, open_number: open, isPrintedNumber, revoked_at } = found;
  const history = await findAssignmentsOfSerial(tx, { batch_no, open });
  const activatedAt = found.activation?.activated_at;
  return {
    batch,
    product,
    kind,
    isPrintedNumber,
    open,
    partner: assignmentInForce(history, activatedAt ?? now)?.partner_id ?? null,
    assignments: history.toReversed().map(assignmentOf),
    activatedAt: activatedAt === undefined ? null : isoTime(activatedAt),
    revokedAt: revoked_at === null ? null : isoTime(revoked_at),
  };
}

async function readBatch(tx: Tx, batch: string, now: Instant): Promise<SerialBatchRecord> {
  const [row] = await findSerialBatchSummaries(tx, { batch, after: "", limit: 1 });
  if (row === undefined) throw unknownBatch(batch);
  return recordOf(tx, row, now);
}

async function recordOf(tx: Tx, row: SerialBatchSummary, now: Instant): Promise<SerialBatchRecord> {
  const history = await findAssignmentsOfBatch(tx, row.batch_no);
  const ofWhole = history.filter(({ first_open }) => first_open === null);
  const { first_open: first, last_open: last } = row;
  return {
    batch: row.batch,
    product: row.product,
    kind: row.kind,
    serials: row.serials,
    open: first === null || last === null ? null : rangeText({ first, last }),
    left: row.pooled,
    partner: assignmentInForce(ofWhole, now)?.partner_id ?? null,
    assignments: history.map(assignmentOf),
    createdAt: isoTime(row.created_at),
    revokedAt: row.revoked_at === null ? null : isoTime(row.revoked_at),
  };
}

const assignmentOf = (row: Omit<SerialAssignmentRow, "assignment_no">): SerialAssignment => ({
  partner: row.partner_id,
  open:
    row.first_open === null || row.last_open === null
      ? null
      : rangeText({ first: row.first_open, last: row.last_open }),
  from: isoTime(row.effective_from),
  note: row.note,
  recordedAt: isoTime(row.recorded_at),
});
