import { requirePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { requireBatch } from "./batch-row.ts";
import { rangeText } from "./open-range.ts";
import { listMovementRows, type MovementRow } from "./rows/assignments.ts";

/** One step of a batch, or of a range of it, through the channel. Times are ISO 8601 in UTC. */
export interface Movement {
  batch: string;
  product: string;
  /** `1000000..1004999`, or null for the whole batch. */
  open: string | null;
  /** Who had it before: null for the vendor, as long as it was given to nobody. Of a range that several had, the last. */
  from: PartnerId | null;
  to: PartnerId;
  since: string;
  /** Until it moved on whole; null while it has not. */
  until: string | null;
  /** When the receiver was told. */
  recordedAt: string;
  note: string | null;
}

/** The most movements that one answer has. */
const mostMovements = 10_000;

/**
 * The way of batches through the channel: of one batch, of what a partner ever had, or of all, in the order of time.
 *
 * @throws {Refusal} `serial_batch_unknown`, `partner_unknown`; `request_invalid` where there are more than 10,000
 */
export async function listMovements(
  { store }: Pick<Deps, "store">,
  { batch, partner }: { batch?: string | undefined; partner?: string | undefined } = {},
): Promise<Movement[]> {
  return store.read(async (tx) => {
    const batchNo = batch === undefined ? null : (await requireBatch(tx, batch)).batch_no;
    if (partner !== undefined) await requirePartner(tx, partner);
    const rows = await readRows(tx, batchNo);
    const byBatch = Map.groupBy(rows, ({ batch_no }) => batch_no);
    const movements = [...byBatch.values()].flatMap((ofBatch) =>
      ofBatch.map((row, at) => movementOf(ofBatch, row, at)),
    );
    const wanted = partner === undefined ? undefined : as.partner(partner);
    return movements.filter(({ from, to }) => wanted === undefined || from === wanted || to === wanted);
  });
}

async function readRows(tx: Tx, batchNo: number | null): Promise<MovementRow[]> {
  const rows = await listMovementRows(tx, { batch_no: batchNo, limit: mostMovements + 1 });
  if (rows.length > mostMovements)
    throw new Refusal("request_invalid", `There are more than ${mostMovements} movements: name a batch.`);
  return rows;
}

function movementOf(ofBatch: readonly MovementRow[], row: MovementRow, at: number): Movement {
  const before = ofBatch.slice(0, at).findLast((one) => touches(one, row));
  const next = ofBatch.slice(at + 1).find((one) => covers(one, row));
  return {
    batch: row.batch,
    product: row.product,
    open:
      row.first_open === null || row.last_open === null
        ? null
        : rangeText({ first: row.first_open, last: row.last_open }),
    from: before?.partner_id ?? null,
    to: row.partner_id,
    since: isoTime(row.effective_from),
    until: next === undefined ? null : isoTime(next.effective_from),
    recordedAt: isoTime(row.recorded_at),
    note: row.note,
  };
}

type Span = Pick<MovementRow, "first_open" | "last_open">;

const spanOf = ({ first_open, last_open }: Span) => ({
  first: first_open ?? Number.NEGATIVE_INFINITY,
  last: last_open ?? Number.POSITIVE_INFINITY,
});

function touches(a: Span, b: Span): boolean {
  const [one, other] = [spanOf(a), spanOf(b)];
  return one.first <= other.last && other.first <= one.last;
}

function covers(a: Span, b: Span): boolean {
  const [one, other] = [spanOf(a), spanOf(b)];
  return one.first <= other.first && one.last >= other.last;
}
