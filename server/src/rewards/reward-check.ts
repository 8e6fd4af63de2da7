import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { isNothing, movementsOf, nothing, type RewardState } from "../commission/settle-reward.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { readProgress } from "./rows/progress.ts";
import {
  type BookedMovement,
  findBooked,
  findCodesOf,
  findCommissions,
  findRewards,
  findStepsOf,
} from "./rows/reward-checks.ts";
import { listRewardRows } from "./rows/rewards.ts";
import type { RewardRow, RewardStepRow } from "./rows/schema.ts";
import { expireDaysOf } from "./settle-order-rewards.ts";
import { leftOf, rewardSource, sourceIdOf } from "./take-step.ts";

const pageSize = 200;

type Steps = readonly Omit<RewardStepRow, "step_no" | "note">[];

/**
 * What `ledger verify` checks of rewards: the journal says of each what its steps say, each stands where its steps have
 * brought it, and none costs its partner more than what is left of the commission it comes out of.
 */
export const rewardCheck: BookCheck = {
  source: rewardSource,
  findWrong: async (tx, bookings) => {
    const ids = [...new Set(bookings.map(({ sourceId }) => sourceId.split(" ", 1)[0] ?? ""))];
    const rows = new Map((await findRewards(tx, ids)).map((row) => [row.reward_id, row]));
    const steps = Map.groupBy(await findStepsOf(tx, ids), ({ reward_id }) => reward_id);
    return bookings.flatMap((booking) => {
      const [id = ""] = booking.sourceId.split(" ", 1);
      const row = rows.get(id);
      if (row === undefined) return [{ id: booking.id, what: "there is no such reward" }];
      const isKnown = expectedOf(row, steps.get(id) ?? []).some((one) => isSame(one, asBooked(booking)));
      return isKnown ? [] : [{ id: booking.id, what: "its reward says otherwise" }];
    });
  },
  async *findMissing(tx) {
    const upTo = (await readProgress(tx))?.after_id ?? 0;
    for (let before = "rw_~"; ; ) {
      const rows = await listRewardRows(tx, { before, limit: pageSize });
      yield* faultsOf(tx, rows, upTo);
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageSize) return;
      before = last.reward_id;
    }
  },
};

async function* faultsOf(tx: Tx, rows: readonly RewardRow[], upTo: number): AsyncGenerator<string> {
  const ids = rows.map(({ reward_id }) => reward_id);
  if (ids.length === 0) return;
  const steps = Map.groupBy(await findStepsOf(tx, ids), ({ reward_id }) => reward_id);
  const commissions = new Map((await findCommissions(tx, ids)).map((one) => [one.reward_id, one]));
  const expected = rows.map((row) => expectedOf(row, steps.get(row.reward_id) ?? []));
  const names = expected.flat().map(({ source_id }) => source_id);
  const booked = names.length === 0 ? [] : await findBooked(tx, names);
  const codes = Map.groupBy(await findCodesOf(tx, ids), ({ reward_id }) => reward_id);
  for (const [at, row] of rows.entries()) {
    const name = `reward ${row.reward_id}`;
    const own = steps.get(row.reward_id) ?? [];
    if (!standsWhere(row, own)) yield `${name}: it does not stand where its steps say`;
    if (row.expires_at !== (await expiryBy(tx, row, own)))
      yield `${name}: it runs out on another day than its plan says`;
    const [code] = codes.get(row.reward_id) ?? [];
    if (code !== undefined && !mayHave(row, own, code)) yield `${name}: it has a code that is not its own`;
    if ((expected[at] ?? []).some((one) => !booked.some((other) => isSame(one, other))))
      yield `${name}: what its steps say was booked stands nowhere in the journal`;
    const commission = commissions.get(row.reward_id);
    const left = Number(commission?.credited ?? 0);
    // What was booked since rewards were last settled is not their fault yet.
    const isSettled = commission === undefined || Number(commission.newest) <= upTo;
    if (isSettled && isStanding(row) && row.partner_left > left)
      yield `${name}: it costs ${row.partner_left} and ${left} is left of its commission, in minor units`;
  }
}

const isStanding = ({ state }: RewardRow): boolean => state === "waiting" || state === "available";

/** What the journal should hold of a reward. */
function expectedOf(row: RewardRow, steps: Steps): BookedMovement[] {
  let before = nothing;
  return steps.flatMap(({ step, seq, points, partner_minor, vendor_minor }) => {
    const after = { points, partnerMinor: partner_minor, vendorMinor: vendor_minor };
    const movements = movementsOf(step, before, after);
    before = after;
    return movements.map(({ of, kind, debit, credit, amountMinor }) => ({
      source_id: sourceIdOf(row.reward_id, seq, of),
      partner_id: row.partner_id,
      currency: row.currency,
      kind,
      debit,
      credit,
      amount_minor: amountMinor,
    }));
  });
}

function standsWhere(row: RewardRow, steps: Steps): boolean {
  const last = steps.at(-1);
  if (last === undefined || last.seq !== row.last_seq || steps.some(({ seq }, at) => seq !== at + 1))
    return false;
  const left = leftOf(row);
  const given = steps.find(({ step }) => step === "redeemed") ?? last;
  return (
    row.state === stateBy(steps, last) &&
    left.points === last.points &&
    left.partnerMinor === last.partner_minor &&
    left.vendorMinor === last.vendor_minor &&
    row.partner_left === given.partner_minor &&
    row.vendor_left === given.vendor_minor
  );
}

/** The state that its steps lead to: it can be redeemed from the step that says so on, as long as something is left of it. */
function stateBy(steps: Steps, { step, points, partner_minor, vendor_minor }: Steps[number]): RewardState {
  if (step === "revoked" || step === "expired") return step;
  // Who bears it may change afterwards.
  if (steps.some((one) => one.step === "redeemed")) return "redeemed";
  if (isNothing({ points, partnerMinor: partner_minor, vendorMinor: vendor_minor })) return "refunded";
  return steps.some((one) => one.step === "available") ? "available" : "waiting";
}

/** When it can no longer be redeemed: so many days after it could, as its plan says. */
async function expiryBy(tx: Tx, row: RewardRow, steps: Steps): Promise<Instant | null> {
  const since = steps.find(({ step }) => step === "available");
  return since === undefined ? null : addDays(instant(Number(since.at)), await expireDaysOf(tx, row));
}

/** A coupon has a code of its offer, from when it can be redeemed on; no two, by an index. */
const mayHave = ({ kind, offer_id }: RewardRow, steps: Steps, code: { offer_id: string }): boolean =>
  kind === "coupon" && code.offer_id === offer_id && steps.some(({ step }) => step === "available");

const asBooked = (booking: SourcedBooking): BookedMovement => ({
  source_id: booking.sourceId,
  partner_id: booking.partner,
  currency: booking.currency,
  kind: booking.kind,
  debit: booking.debit,
  credit: booking.credit,
  amount_minor: booking.amountMinor,
});

const members = ["source_id", "partner_id", "currency", "kind", "debit", "credit", "amount_minor"] as const;
const isSame = (one: BookedMovement, other: BookedMovement): boolean =>
  members.every((member) => one[member] === other[member]);
