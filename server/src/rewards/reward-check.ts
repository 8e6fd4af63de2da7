import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { movementsOf, nothing } from "../commission/settle-reward.ts";
import type { Tx } from "../store/store.ts";
import { readProgress } from "./rows/progress.ts";
import {
  type BookedMovement,
  findBooked,
  findCommissions,
  findRewards,
  findStepsOf,
} from "./rows/reward-checks.ts";
import { listRewardRows } from "./rows/rewards.ts";
import type { RewardRow, RewardStepRow } from "./rows/schema.ts";
import { rewardSource, sourceIdOf } from "./take-step.ts";

const pageSize = 200;

type Steps = readonly Omit<RewardStepRow, "step_no" | "note" | "at">[];

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
  for (const [at, row] of rows.entries()) {
    const name = `reward ${row.reward_id}`;
    if (!standsWhere(row, steps.get(row.reward_id) ?? []))
      yield `${name}: it does not stand where its steps say`;
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
  const isEnd = last.step === "redeemed" || last.step === "revoked" || last.step === "expired";
  const hasEnded = row.state === "redeemed" || row.state === "revoked" || row.state === "expired";
  return (
    (isEnd ? row.state === last.step : !hasEnded) &&
    row.points_left === last.points &&
    row.partner_left === last.partner_minor &&
    row.vendor_left === last.vendor_minor
  );
}

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
