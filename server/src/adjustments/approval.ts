import { bookForPartner } from "../books/book-partner.ts";
import type { AdjustmentsConfig } from "../config/adjustments-config.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { addDays } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { type Adjustment, adjustmentOf, bookingOf, unknownAdjustment } from "./adjustment.ts";
import {
  findAdjustment,
  type NewAdjustmentRow,
  settleAdjustment,
  sumBookedAlone,
  type Verdict,
} from "./rows/adjustments.ts";

/** An amount that is cut into parts is looked at as a whole for so long. */
const wholeDays = 30;

/** What somebody is about to book. */
export type ToBook = Pick<
  NewAdjustmentRow,
  "partner_id" | "kind" | "amount_minor" | "currency" | "entered_by" | "entered_at" | "reverses"
>;

/**
 * Whether a second person must approve an amount: one above its currency's limit, in either direction, alone or with what
 * the same person booked for the partner in 30 days without anybody. Allowances that come out of a configured budget are
 * bounded by it. Where limits are configured, every amount in a currency without one.
 */
export async function needsSecondPerson(
  tx: Tx,
  { approvalAboveMinor, budgets }: AdjustmentsConfig,
  row: ToBook,
): Promise<boolean> {
  if (Object.keys(approvalAboveMinor).length === 0) return false;
  const { partner_id, kind, amount_minor, currency, entered_by, entered_at, reverses } = row;
  const limit = approvalAboveMinor[currency];
  if (limit === undefined || Math.abs(amount_minor) > limit) return true;
  const hasBudgets = Object.keys(budgets).length > 0;
  if (reverses !== null || (hasBudgets && kind === "allowance")) return false;
  const since = addDays(entered_at, -wholeDays);
  const allowances = hasBudgets ? 0 : 1;
  const about = { partner_id, currency, entered_by, since, amount_minor, allowances } as const;
  return Math.abs(amount_minor + (await sumBookedAlone(tx, about))) > limit;
}

type Needs = Pick<Deps, "store" | "clock">;

/**
 * Books a pending adjustment, as its second person.
 *
 * @throws {Refusal} `adjustment_unknown`, `adjustment_settled`, `second_person_needed` when it is who entered it
 */
export const approveAdjustment = (deps: Needs, id: string): Promise<Adjustment> => settle(deps, id, "booked");

/**
 * Refuses a pending adjustment, as its second person: nothing is booked.
 *
 * @throws {Refusal} `adjustment_unknown`, `adjustment_settled`, `second_person_needed` when it is who entered it
 */
export const refuseAdjustment = (deps: Needs, id: string): Promise<Adjustment> => settle(deps, id, "refused");

async function settle({ store, clock }: Needs, id: string, status: Verdict["status"]): Promise<Adjustment> {
  const verdict = { adjustment_id: id, status, decided_by: currentActor(), decided_at: clock() };
  nameSubject(id);
  return store.write((tx) => decide(tx, verdict));
}

async function decide(tx: Tx, verdict: Verdict): Promise<Adjustment> {
  const { adjustment_id: id, decided_by, decided_at } = verdict;
  const row = await findAdjustment(tx, id);
  if (row === undefined) throw unknownAdjustment(id);
  if (row.status === "pending" && row.entered_by === decided_by)
    throw new Refusal("second_person_needed", `Another person than ${decided_by} must decide on ${id}.`);
  // Of two who decide at once the database lets one through.
  if (row.status !== "pending" || !(await settleAdjustment(tx, verdict)))
    throw new Refusal("adjustment_settled", `The adjustment ${id} does not wait for anybody.`);
  const settled = { ...row, ...verdict };
  if (settled.status === "booked") await bookForPartner(tx, [bookingOf(settled)], decided_at);
  return adjustmentOf(settled);
}
