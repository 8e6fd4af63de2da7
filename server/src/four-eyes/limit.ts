import type { FurtherDeed } from "../config/approvals-config.ts";
import type { Deps } from "../deps/deps.ts";
import { actsFor, findActorsOf } from "../people/second-person.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { findBookedAlone, insertBookedAlone, type Purse, sumBookedAlone } from "./rows/alone.ts";

type Needs = Pick<Deps, "config" | "hashes">;

/** What somebody is about to move. */
export interface Move extends Purse {
  /** Minor units; more than zero is in the partner's favour. */
  amountMinor: number;
}

/** Who moves what by hand. */
export interface HandDeed {
  actor: string;
  /** Each partner and currency once for each direction. */
  moves: readonly Move[];
  /** The deed that it takes back. */
  takesBack?: string | undefined;
}

/** Whether the configuration names limits at all: without one nobody has to approve, as in a firm of one. */
export const hasLimits = ({ config }: Pick<Deps, "config">): boolean =>
  Object.keys(config.adjustments.approvalAboveMinor).length > 0;

/** Whether this too waits for a second person: it does where limits are set and the configuration asks for it. */
export const isLimited = (deps: Pick<Deps, "config">, deed: FurtherDeed): boolean =>
  hasLimits(deps) && deps.config.approvals.also.includes(deed);

/** Makes all who book by hand for one of these partners wait for one another, so that two at once are counted together. */
export async function lockHands(tx: Tx, partners: Iterable<PartnerId>): Promise<void> {
  for (const partner of [...new Set(partners)].sort()) await lockName(tx, `adjustments ${partner}`);
}

/**
 * Those of some moves that a second person must approve: above their currency's limit, in either direction, alone or with
 * what the same person booked alone for the same partner within `approvalWindowDays`; where limits are configured, every
 * one in a currency without a limit, and every one for a partner that who moves it acts for too. Whoever takes back what
 * it booked alone leaves less than was booked, not more: that waits for nobody. The caller holds the partners locked
 * (`lockHands`).
 */
export async function movesToApprove(
  tx: Tx,
  deps: Needs,
  { actor, moves, takesBack }: HandDeed,
  now: Instant,
): Promise<Move[]> {
  const { approvalAboveMinor, approvalWindowDays } = deps.config.adjustments;
  if (!hasLimits(deps) || moves.length === 0) return [];
  const actors = await findActorsOf(tx, deps, actor);
  const isRetreat = takesBack !== undefined && actors.includes((await findBookedAlone(tx, takesBack)) ?? "");
  const counts = approvalWindowDays > 0 && !isRetreat;
  const since = addDays(now, -approvalWindowDays);
  const purses = [...new Map(moves.map((move) => [purseOf(move), move])).values()];
  const before = new Map(
    (counts ? await sumBookedAlone(tx, purses, { actors, since }) : []).map((sum) => [purseOf(sum), sum]),
  );
  const own = new Map<PartnerId, boolean>();
  for (const { partner } of moves)
    if (!own.has(partner)) own.set(partner, await actsFor(tx, deps, actor, partner));
  return moves.filter((move) => {
    const { partner, currency, amountMinor } = move;
    const limit = Object.hasOwn(approvalAboveMinor, currency) ? approvalAboveMinor[currency] : undefined;
    if (limit === undefined || Math.abs(amountMinor) > limit || own.get(partner) === true) return true;
    if (!counts) return false;
    const { moreMinor, lessMinor } = before.get(purseOf(move)) ?? { moreMinor: 0, lessMinor: 0 };
    return Math.abs((amountMinor > 0 ? moreMinor : lessMinor) + amountMinor) > limit;
  });
}

/** Keeps that somebody booked alone, so that the next amounts are counted with it. */
export async function noteAlone(
  tx: Tx,
  deps: Needs,
  { id, actor, moves, takesBack }: HandDeed & { id: string },
  now: Instant,
): Promise<void> {
  const before = takesBack === undefined ? undefined : await findBookedAlone(tx, takesBack);
  const isRetreat = before !== undefined && (await findActorsOf(tx, deps, actor)).includes(before);
  await insertBookedAlone(
    tx,
    moves.map(({ partner, currency, amountMinor }) => ({
      deed_id: id,
      partner_id: partner,
      currency,
      amount_minor: amountMinor,
      booked_by: actor,
      booked_at: now,
      takes_back: isRetreat ? (takesBack ?? null) : null,
    })),
  );
}

/** A partner and a currency as one text. */
export const purseOf = ({ partner, currency }: Purse): string => `${partner} ${currency}`;

/** Sums of movements by partner, currency and direction; what comes to nothing is left out. */
export function addUp(moves: Iterable<Move>): Move[] {
  const sums = new Map<string, Move>();
  for (const move of moves) {
    if (move.amountMinor === 0) continue;
    const key = `${purseOf(move)} ${move.amountMinor > 0}`;
    const sum = sums.get(key) ?? { partner: move.partner, currency: move.currency, amountMinor: 0 };
    sum.amountMinor += move.amountMinor;
    sums.set(key, sum);
  }
  return [...sums.values()];
}
