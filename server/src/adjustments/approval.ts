import { bookForPartner } from "../books/book-partner.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { actsFor, findActorsOf, requireSecondPerson } from "../people/second-person.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant } from "../words/clock.ts";
import { as, type Currency, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type Adjustment, adjustmentOf, bookingOf, unknownAdjustment } from "./adjustment.ts";
import { findAdjustment, settleAdjustment, type Verdict } from "./rows/adjustments.ts";
import { sumBookedAlone } from "./rows/alone.ts";

/** What somebody is about to book. */
interface Amount {
  partner_id: PartnerId;
  amount_minor: number;
  currency: Currency;
  entered_by: string;
  reverses: string | null;
}

/**
 * Whether a second person must approve an amount: one above its currency's limit, in either direction, alone or with
 * what the same person booked for the same partner within `approvalWindowDays`; where limits are configured, every amount
 * in a currency without one, and every amount for a partner that who enters it acts for too. The caller holds the
 * partner's adjustments locked, so that two at once are counted together.
 */
export async function needsSecondPerson(
  tx: Tx,
  deps: Pick<Deps, "config" | "hashes">,
  amount: Amount,
  now: Instant,
): Promise<boolean> {
  const { approvalAboveMinor, approvalWindowDays } = deps.config.adjustments;
  if (Object.keys(approvalAboveMinor).length === 0) return false;
  const { amount_minor, currency, partner_id, entered_by } = amount;
  const limit = Object.hasOwn(approvalAboveMinor, currency) ? approvalAboveMinor[currency] : undefined;
  if (limit === undefined || Math.abs(amount_minor) > limit) return true;
  if (await actsFor(tx, deps, entered_by, partner_id)) return true;
  if (approvalWindowDays === 0) return false;
  const actors = await findActorsOf(tx, deps, entered_by);
  if (await isOwnRetreat(tx, amount, actors)) return false;
  const since = addDays(now, -approvalWindowDays);
  const { moreMinor, lessMinor } = await sumBookedAlone(tx, { actors, partner_id, currency, since });
  return Math.abs((amount_minor > 0 ? moreMinor : lessMinor) + amount_minor) > limit;
}

/** Whether an amount that is not entered yet would wait for a second person if whoever acts now entered it. */
export const foreseeApproval = (
  deps: Needs,
  { partner, amountMinor, currency }: { partner: string; amountMinor: number; currency: string },
): Promise<boolean> =>
  deps.store.read((tx) =>
    needsSecondPerson(
      tx,
      deps,
      {
        partner_id: as.partner(partner),
        amount_minor: amountMinor,
        currency: as.currency(currency),
        entered_by: currentActor(),
        reverses: null,
      },
      deps.clock(),
    ),
  );

/** Whether somebody only takes back what it booked alone: that leaves less than was booked, not more. */
async function isOwnRetreat(tx: Tx, { reverses }: Amount, actors: readonly string[]): Promise<boolean> {
  const taken = reverses === null ? undefined : await findAdjustment(tx, reverses);
  return taken !== undefined && taken.decided_by === null && actors.includes(taken.entered_by);
}

type Needs = Pick<Deps, "store" | "clock" | "config" | "hashes">;

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
