import { findPartner } from "../../channel/rows/partners.ts";
import { currentActor } from "../../deps/actor.ts";
import type { Deps } from "../../deps/deps.ts";
import { findLink } from "../../events/rows/events.ts";
import { isLimited, lockHands, type Move, movesToApprove, noteAlone } from "../../four-eyes/limit.ts";
import type { MoneyRequest } from "../../four-eyes/requests.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type PartnerId } from "../../words/ids.ts";
import { randomHex } from "../../words/random-hex.ts";
import { Refusal } from "../../words/refusal.ts";
import { type DecidedOrder, decideOrder } from "../decide/decide-order.ts";
import { decideUnattributed } from "../decide/decide-waiting-orders.ts";
import { isEarlier } from "../decide/is-earlier.ts";
import { reportOrder } from "../decide/report-order.ts";
import {
  type DecisionRecord,
  explainOrder,
  readDecisionRecord,
  refuseUnknownOrder,
} from "../explain/explain-order.ts";
import { type OrderSummary, summaryOf } from "../explain/list-orders.ts";
import { lockOrder } from "../record/order-names.ts";
import { findRulings, insertRuling } from "../rows/rulings.ts";
import type { OrderRow } from "../rows/schema.ts";
import { askToRule } from "./ask-to-rule.ts";
import { movesOf, partnersOf } from "./moves-of.ts";

/** How long a ruling's note may be. */
export const maxNoteLength = 1000;

/** What the vendor rules on an order. */
export interface Resolution {
  shop: string;
  /** Any id the shop gave the order. */
  order: string;
  /** Who earned it; null when nobody did. */
  partner: string | null;
  /** Why, in the vendor's own words, on one line. Partners may be shown it. */
  note: string;
  /** Only answers what would come of it. */
  dryRun?: boolean;
}

/** What came of a ruling. */
export interface ResolvedOrder {
  dryRun: boolean;
  /** As it was ruled; of a dry run as it would be; where a second person is needed, as it still is. */
  order: DecisionRecord;
  /** Later orders of the same copy that nobody was credited for, as they were decided on the ruling. */
  alsoDecided: OrderSummary[];
  /** What waits for a second person, or would: it moves more of a partner's money than one person may alone. */
  waits: (Pick<MoneyRequest, "moves"> & Partial<MoneyRequest>) | null;
}

/**
 * Rules on an order: one that was held for it, or any other that somebody disputes. The ruling stands above all
 * evidence; what was booked to another partner is reversed. It counts as evidence for later purchases of the same
 * copy, but takes nothing away from a partner that is credited for one already. A later ruling replaces it; to say
 * the same again changes nothing. What moves more of a partner's money than one person may alone waits for a second one.
 * Whoever rules for a reason that somebody else may settle meanwhile says so by `together`.
 *
 * @throws Refusal `order_unknown`, `partner_unknown`, `request_invalid`
 */
export async function resolveOrder(
  deps: Deps,
  resolution: Resolution,
  together: RuledTogether = {},
): Promise<ResolvedOrder> {
  const { shop, order, dryRun = false } = resolution;
  const ruled = await tryRuling(deps, resolution, { dryRun, ...together });
  const [, ...others] = ruled.decided;
  const alsoDecided = others.map((one) => summaryOf(one.order));
  if (!ruled.waits) {
    if (!dryRun) for (const one of ruled.decided) reportOrder(deps.log, one);
    return { dryRun, order: ruled.record, alsoDecided, waits: null };
  }
  if (together.ifAlone) throw new NotAlone();
  const { moves } = ruled;
  if (dryRun) return { dryRun, order: ruled.record, alsoDecided, waits: { moves } };
  const asked = { ...resolution, orders: [{ shop, order, partner: resolution.partner }], moves };
  const waits = await askToRule(deps, { ...asked, subject: `${shop} ${order}` });
  return { dryRun, order: await explainOrder(deps, shop, order), alsoDecided: [], waits };
}

/** What stands or falls with a ruling: done in its transaction, so of two people who rule at once one finds it done. */
export interface RuledTogether {
  /** Before anything is ruled: locks what the ruling is about, and throws where it is settled already. */
  first?: (tx: Tx) => Promise<unknown>;
  /** Only an order that is still held for this when it is its turn: another fails with `NoLongerHeld`. */
  ifHeld?: HeldFor | undefined;
  /** Only what one person may rule alone: more fails with `NotAlone`, and nobody is asked. */
  ifAlone?: boolean | undefined;
  /** Behind the ruling, where it is kept: settles what it is about. */
  last?: (tx: Tx) => Promise<unknown>;
}

/** What an order of a class waits for. */
export interface HeldFor {
  reason: string;
  /** By this decision, where the ruling rests on what it says; by any where it is left out. */
  decision?: number;
}

/** Somebody else ruled on an order of a class, or it was decided anew, before it was its turn. */
export class NoLongerHeld extends Error {
  constructor() {
    super("the order is no longer held");
  }
}

/** A ruling of a class moves more than one person may alone, though all that was summed up did not. */
export class NotAlone extends Error {
  constructor() {
    super("the ruling needs a second person");
  }
}

/** By whose leave a ruling is written. */
export interface RulingLeave extends RuledTogether {
  dryRun?: boolean;
  /** A second person approved it, or sums it up with others first: it waits for nobody. */
  approved?: boolean;
}

/**
 * Rules, unless it is a rehearsal or more than one person may do alone: then nothing is kept.
 *
 * @throws Refusal as `resolveOrder`
 */
export async function tryRuling(
  deps: Deps,
  resolution: Resolution,
  { dryRun = false, approved = false, ifHeld, first, last }: RulingLeave,
): Promise<Ruled & { moves: Move[]; waits: boolean }> {
  refuseUnfitNote(resolution.note);
  const now = deps.clock();
  const actor = currentActor();
  return deps.store
    .write(async (tx) => {
      await first?.(tx);
      const result = await rule(tx, deps, { ...resolution, ifHeld }, now);
      const moves = movesOf(result.decided);
      const deed = { id: `rul_${randomHex(10)}`, actor, moves };
      let waits = false;
      const counts = !approved && isLimited(deps, "rulings");
      if (counts) {
        await lockHands(tx, partnersOf(moves));
        waits = (await movesToApprove(tx, deps, deed, now)).length > 0;
      }
      // Nothing of a rehearsal is kept: only what fails is undone.
      if (dryRun || waits) throw new Rehearsal({ ...result, moves, waits });
      if (counts) await noteAlone(tx, deps, deed, now);
      await last?.(tx);
      return { ...result, moves, waits };
    })
    .catch((error: unknown) => {
      if (error instanceof Rehearsal) return error.result;
      throw error;
    });
}

interface Ruled {
  record: DecisionRecord;
  /** The order itself, then later ones. */
  decided: readonly DecidedOrder[];
}

class Rehearsal extends Error {
  readonly result: Ruled & { moves: Move[]; waits: boolean };

  constructor(result: Ruled & { moves: Move[]; waits: boolean }) {
    super("a rehearsal is undone");
    this.result = result;
  }
}

async function rule(
  tx: Tx,
  deps: Deps,
  resolution: Resolution & { ifHeld: HeldFor | undefined },
  now: Instant,
): Promise<Ruled> {
  const partner = resolution.partner === null ? null : as.partner(resolution.partner);
  if (partner !== null && (await findPartner(tx, partner)) === undefined)
    throw new Refusal("partner_unknown", `There is no partner ${partner}.`);
  const key = await findLink(tx, as.shop(resolution.shop), resolution.order);
  const order = key === undefined ? undefined : await lockOrder(tx, key);
  if (order === undefined) return refuseUnknownOrder(resolution.shop);
  if (resolution.ifHeld !== undefined && !isHeldFor(order, resolution.ifHeld)) throw new NoLongerHeld();
  await writeRuling(tx, order, { partner, note: resolution.note.trim() }, now);
  // The reason tells the evidence's source that there is a ruling to be found.
  const ruled: OrderRow = { ...order, reason: partner === null ? "ruled_nobody" : "ruling" };
  const first = await decideOrder(tx, deps, { order: ruled, cause: "ruling", fresh: false }, now);
  const later = first.related.filter((one) => isEarlier(order, one));
  const others = await decideUnattributed(tx, deps, later, now);
  return { record: await readDecisionRecord(tx, first.order), decided: [first, ...others] };
}

const isHeldFor = (order: OrderRow, { reason, decision = order.decision_seq }: HeldFor): boolean =>
  order.outcome === "held" && order.reason === reason && order.decision_seq === decision;

async function writeRuling(
  tx: Tx,
  { order_key }: OrderRow,
  { partner, note }: { partner: PartnerId | null; note: string },
  now: Instant,
): Promise<void> {
  const before = (await findRulings(tx, order_key)).at(-1);
  if (before !== undefined && before.partner_id === partner && before.note === note) return;
  const seq = (before?.seq ?? 0) + 1;
  await insertRuling(tx, { order_key, seq, partner_id: partner, note, ruled_at: now });
}

/** @throws {Refusal} `request_invalid` for a note that is empty, too long or of several lines */
export function refuseUnfitNote(note: string): void {
  if (note.trim() === "" || note.length > maxNoteLength || !note.isWellFormed() || /\p{Cc}/u.test(note)) {
    throw new Refusal(
      "request_invalid",
      `Say in a note why you rule so: 1 to ${maxNoteLength} characters on one line.`,
      { field: "note" },
    );
  }
}
