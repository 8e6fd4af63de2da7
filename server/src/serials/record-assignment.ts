import { requireActivePartner } from "../channel/active-partner.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { OpenRange } from "./open-range.ts";
import { findAssignmentsOfBatch, insertSerialAssignment } from "./rows/assignments.ts";
import type { SerialAssignmentRow } from "./rows/schema.ts";

/** Whom a batch, or a range of its open numbers, goes to. */
export interface AssignmentOrder {
  batch_no: number;
  partner: PartnerId;
  /** Nothing for the whole batch. */
  open?: OpenRange | undefined;
  /** From when on; from now on by default. */
  from?: Instant | undefined;
  note?: string | undefined;
}

/** An assignment that stands, and whether it was recorded just now. */
export interface RecordedAssignment {
  assignment: Omit<SerialAssignmentRow, "assignment_no">;
  isNew: boolean;
}

/**
 * Records an assignment, unless the last one of exactly these serials says the same already: a command may be run
 * again. The caller has the batch locked.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`
 */
export async function recordAssignment(
  tx: Tx,
  { batch_no, partner, open, from, note }: AssignmentOrder,
  now: Instant,
): Promise<RecordedAssignment> {
  await requireActivePartner(tx, partner);
  const assignment = {
    batch_no,
    first_open: open?.first ?? null,
    last_open: open?.last ?? null,
    partner_id: partner,
    effective_from: from ?? now,
    note: note ?? null,
    recorded_at: now,
  };
  const last = (await findAssignmentsOfBatch(tx, batch_no)).find(
    (one) => touches(one, assignment) && (from === undefined || one.effective_from <= from),
  );
  const isSaidAlready =
    last !== undefined &&
    last.partner_id === partner &&
    last.first_open === assignment.first_open &&
    last.last_open === assignment.last_open &&
    (from === undefined ? last.effective_from <= now : last.effective_from === from);
  if (isSaidAlready) return { assignment: last, isNew: false };
  await insertSerialAssignment(tx, assignment);
  return { assignment, isNew: true };
}

/**
 * Gives a whole batch to a partner as it is imported. An import that is run again to finish it must not take back a
 * batch that has moved on since, so a batch that was assigned to others is left to `serial assign`.
 *
 * @throws {Refusal} `serial_batch_mismatch`, `partner_unknown`, `partner_ended`
 */
export async function assignOnImport(
  tx: Tx,
  order: Pick<AssignmentOrder, "batch_no" | "partner">,
  now: Instant,
): Promise<void> {
  const history = await findAssignmentsOfBatch(tx, order.batch_no);
  if (history.some((one) => one.partner_id === order.partner && one.first_open === null)) return;
  const [other] = history;
  if (other !== undefined) {
    const message = `The batch was assigned to ${other.partner_id}: import without a partner, then use \`serial assign\`.`;
    throw new Refusal("serial_batch_mismatch", message);
  }
  await recordAssignment(tx, order, now);
}

type Span = Pick<SerialAssignmentRow, "first_open" | "last_open">;

/** Whether two assignments have a serial in common. */
function touches(a: Span, b: Span): boolean {
  if (a.first_open === null || b.first_open === null || a.last_open === null || b.last_open === null)
    return true;
  return a.first_open <= b.last_open && b.first_open <= a.last_open;
}
