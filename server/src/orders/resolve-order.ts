import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { findLink } from "../events/rows/events.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type DecidedOrder, decideOrder } from "./decide-order.ts";
import { decideUnattributed } from "./decide-waiting-orders.ts";
import { isEarlier } from "./is-earlier.ts";
import { lockOrder } from "./order-names.ts";
import {
  type DecisionRecord,
  type OrderSummary,
  readDecisionRecord,
  refuseUnknownOrder,
  summaryOf,
} from "./orders.ts";
import { reportOrder } from "./report-order.ts";
import { findRulings, insertRuling } from "./rows/rulings.ts";
import type { OrderRow } from "./rows/schema.ts";

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
  order: DecisionRecord;
  /** Later orders of the same copy that nobody was credited for, as they were decided on the ruling. */
  alsoDecided: OrderSummary[];
}

/**
 * Rules on an order: one that was held for it, or any other that somebody disputes. The ruling stands above all
 * evidence; what was booked to another partner is reversed. It counts as evidence for later purchases of the same
 * copy, but takes nothing away from a partner that is credited for one already. A later ruling replaces it; to say
 * the same again changes nothing.
 *
 * @throws Refusal `order_unknown`, `partner_unknown`, `request_invalid`
 */
export async function resolveOrder(deps: Deps, resolution: Resolution): Promise<ResolvedOrder> {
  const { shop, dryRun = false } = resolution;
  refuseUnfitNote(resolution.note);
  const now = deps.clock();
  const ruled = await deps.store
    .write(async (tx) => {
      const result = await rule(tx, deps, resolution, now);
      // Nothing of a rehearsal is kept: only what fails is undone.
      if (dryRun && result !== undefined) throw new Rehearsal(result);
      return result;
    })
    .catch((error: unknown) => {
      if (error instanceof Rehearsal) return error.result;
      throw error;
    });
  if (ruled === undefined) return refuseUnknownOrder(shop);
  const [, ...others] = ruled.decided;
  if (!dryRun) for (const one of ruled.decided) reportOrder(deps.log, one);
  return { dryRun, order: ruled.record, alsoDecided: others.map((one) => summaryOf(one.order)) };
}

interface Ruled {
  record: DecisionRecord;
  /** The order itself, then later ones. */
  decided: readonly DecidedOrder[];
}

class Rehearsal extends Error {
  readonly result: Ruled;

  constructor(result: Ruled) {
    super("a rehearsal is undone");
    this.result = result;
  }
}

async function rule(tx: Tx, deps: Deps, resolution: Resolution, now: Instant): Promise<Ruled | undefined> {
  const partner = resolution.partner === null ? null : as.partner(resolution.partner);
  if (partner !== null && (await findPartner(tx, partner)) === undefined)
    throw new Refusal("partner_unknown", `There is no partner ${partner}.`);
  const key = await findLink(tx, as.shop(resolution.shop), resolution.order);
  const order = key === undefined ? undefined : await lockOrder(tx, key);
  if (order === undefined) return undefined;
  await writeRuling(tx, order, { partner, note: resolution.note.trim() }, now);
  // The reason tells the evidence's source that there is a ruling to be found.
  const ruled: OrderRow = { ...order, reason: partner === null ? "ruled_nobody" : "ruling" };
  const first = await decideOrder(tx, deps, { order: ruled, cause: "ruling", fresh: false }, now);
  const later = first.related.filter((one) => isEarlier(order, one));
  const others = await decideUnattributed(tx, deps, later, now);
  return { record: await readDecisionRecord(tx, first.order), decided: [first, ...others] };
}

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
    );
  }
}
