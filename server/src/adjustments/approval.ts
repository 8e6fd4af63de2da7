import { bookForPartner } from "../books/book-partner.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { movesToApprove } from "../four-eyes/limit.ts";
import { requireSecondPerson } from "../people/second-person.ts";
import type { Tx } from "../store/store.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type Adjustment, adjustmentOf, bookingOf, unknownAdjustment } from "./adjustment.ts";
import { findAdjustment, settleAdjustment, type Verdict } from "./rows/adjustments.ts";

type Needs = Pick<Deps, "store" | "clock" | "config" | "hashes">;

/** Whether an amount that is not entered yet would wait for a second person if whoever acts now entered it. */
export const foreseeApproval = (
  deps: Needs,
  { partner, amountMinor, currency }: { partner: string; amountMinor: number; currency: string },
): Promise<boolean> =>
  deps.store.read(async (tx) => {
    const move = { partner: as.partner(partner), amountMinor, currency: as.currency(currency) };
    return (
      (await movesToApprove(tx, deps, { actor: currentActor(), moves: [move] }, deps.clock())).length > 0
    );
  });
/**
 * Books a pending adjustment, as its second person.
 *
 * @throws {Refusal} `adjustment_unknown`, `adjustment_settled`, `second_person_needed` when it is who entered it, or may not decide
 */
export const approveAdjustment = (deps: Needs, id: string): Promise<Adjustment> => settle(deps, id, "booked");

/**
 * Refuses a pending adjustment, as its second person: nothing is booked.
 *
 * @throws {Refusal} `adjustment_unknown`, `adjustment_settled`, `second_person_needed` when it is who entered it, or may not decide
 */
export const refuseAdjustment = (deps: Needs, id: string): Promise<Adjustment> => settle(deps, id, "refused");

async function settle(deps: Needs, id: string, status: Verdict["status"]): Promise<Adjustment> {
  const verdict = { adjustment_id: id, status, decided_by: currentActor(), decided_at: deps.clock() };
  nameSubject(id);
  return deps.store.write((tx) => decide(tx, deps, verdict));
}

async function decide(tx: Tx, deps: Needs, verdict: Verdict): Promise<Adjustment> {
  const { adjustment_id: id, decided_by, decided_at } = verdict;
  const row = await findAdjustment(tx, id);
  if (row === undefined) throw unknownAdjustment(id);
  if (row.status === "pending")
    await requireSecondPerson(tx, deps, {
      proposedBy: row.entered_by,
      approver: decided_by,
      partners: [row.partner_id],
      code: "second_person_needed",
      what: id,
    });
  // Of two who decide at once the database lets one through.
  if (row.status !== "pending" || !(await settleAdjustment(tx, verdict)))
    throw new Refusal("adjustment_settled", `The adjustment ${id} does not wait for anybody.`);
  const settled = { ...row, ...verdict };
  if (settled.status === "booked") await bookForPartner(tx, [bookingOf(settled)], decided_at);
  return adjustmentOf(settled);
}
