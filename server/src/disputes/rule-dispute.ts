import type { Deps } from "../deps/deps.ts";
import { findLink } from "../events/rows/events.ts";
import type { DecisionRecord } from "../orders/explain/explain-order.ts";
import { lockOrder } from "../orders/record/order-names.ts";
import { findOrder } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { refuseUnfitNote, resolveOrder } from "../orders/rule/resolve-order.ts";
import type { Tx } from "../store/store.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { refuseRuled, tell } from "./answer-dispute.ts";
import { type DisputeRecord, readDispute, refuseUnknownDispute } from "./dispute.ts";
import { requireDispute } from "./open-dispute.ts";
import { listDisputeRows, listDisputesOfOrder, lockDispute } from "./rows/disputes.ts";
import type { DisputeRow } from "./rows/schema.ts";
import { appendEntry, fitText } from "./thread.ts";

/** What the vendor rules. */
export interface Ruling {
  /** Who earned the order: a partner, nobody, or whoever it was decided for. */
  to: { partner: string } | "nobody" | "as-decided";
  /** Why, for the vendor's own record. The partner does not see it. */
  note: string;
  /** What the partner is told; a plain sentence by default. */
  answer?: string | undefined;
  /** Which order is meant, where the claim alone does not say. */
  order?: { shop: string; order: string } | undefined;
}

/**
 * Rules on a contested decision. The order is decided anew on the ruling, with entries for all tiers; what the partner
 * learns is whether its claim was granted, and the answer.
 *
 * @throws {Refusal} `dispute_unknown`, `dispute_ruled`, `order_unknown`, `partner_unknown`, `request_invalid`;
 * `second_person_needed` where the order moves more than one person may alone: it then waits for another, and the dispute
 * is ruled on by saying the same again
 */
export const ruleDispute = (deps: Deps, id: string, ruling: Ruling): Promise<DisputeRecord> =>
  ruleIf(deps, id, ruling);

/** @param refuse throws where it is not to be ruled on; called in the ruling's transaction, which holds the dispute locked */
async function ruleIf(
  deps: Deps,
  id: string,
  ruling: Ruling,
  refuse?: (tx: Tx, dispute: DisputeRow) => Promise<void>,
): Promise<DisputeRecord> {
  refuseUnfitNote(ruling.note);
  const answer = ruling.answer === undefined ? undefined : fitText(ruling.answer);
  const { order } = await deps.store.read((tx) => readRuled(tx, id, ruling));
  const { to, note } = ruling;
  const first = async (tx: Tx) => {
    const dispute = (await lockDispute(tx, id)) ?? refuseUnknownDispute();
    refuseRuled(dispute);
    await refuse?.(tx, dispute);
  };
  const close = (tx: Tx) => settle(tx, deps, id, { ruling, answer, order });
  if (to === "as-decided" || order === undefined)
    return deps.store.write(async (tx) => {
      await first(tx);
      return close(tx);
    });
  const partner = to === "nobody" ? null : to.partner;
  const resolution = { shop: order.shop, order: order.order_id, partner, note };
  let record: DisputeRecord | undefined;
  const { waits } = await resolveOrder(deps, resolution, {
    first,
    last: async (tx) => {
      record = await close(tx);
    },
  });
  if (waits !== null || record === undefined)
    throw new Refusal(
      "second_person_needed",
      `It moves more than one person may alone: once another has approved ${waits?.id}, rule the same again.`,
    );
  return record;
}

/**
 * What a ruling would decide, by the same checks; nothing is changed.
 *
 * @returns the order as it would be decided; undefined where the ruling leaves its decision as it is
 * @throws {Refusal} as `ruleDispute`
 */
export async function foreseeRuling(
  deps: Deps,
  id: string,
  ruling: Ruling,
): Promise<DecisionRecord | undefined> {
  refuseUnfitNote(ruling.note);
  if (ruling.answer !== undefined) fitText(ruling.answer);
  const { order } = await deps.store.read((tx) => readRuled(tx, id, ruling));
  const { to, note } = ruling;
  if (to === "as-decided" || order === undefined) return undefined;
  const partner = to === "nobody" ? null : to.partner;
  const named = { shop: order.shop, order: order.order_id };
  return (await resolveOrder(deps, { ...named, partner, note, dryRun: true })).order;
}

async function readRuled(tx: Tx, id: string, { to, order: named }: Ruling) {
  const dispute = await requireDispute(tx, id);
  refuseRuled(dispute);
  const key = named === undefined ? dispute.order_key : await findLink(tx, as.shop(named.shop), named.order);
  const order = key === undefined || key === null ? undefined : await findOrder(tx, key);
  if (named !== undefined && order === undefined)
    throw new Refusal("order_unknown", `There is no such order of ${named.shop}.`);
  if (order === undefined && to !== "as-decided" && to !== "nobody")
    throw new Refusal("request_invalid", "Say which order is meant: the claim alone does not tell.");
  return { dispute, order };
}

async function settle(
  tx: Tx,
  deps: Deps,
  id: string,
  { ruling, answer, order }: { ruling: Ruling; answer: string | undefined; order: OrderRow | undefined },
): Promise<DisputeRecord> {
  const now = deps.clock();
  const row = (await lockDispute(tx, id)) ?? refuseUnknownDispute();
  refuseRuled(row);
  const decided = order === undefined ? undefined : await findOrder(tx, order.order_key);
  const isGranted = decided?.outcome === "credited" && decided.partner_id === row.partner_id;
  const noted = await appendEntry(
    tx,
    deps,
    row,
    { author: "vendor", kind: "note", text: ruling.note.trim() },
    now,
  );
  const text = answer ?? (isGranted ? "Your claim was granted." : "Your claim was not granted.");
  const ruled = await appendEntry(tx, deps, noted, { author: "vendor", kind: "ruling", text }, now, {
    state: "ruled",
    order_key: order?.order_key ?? row.order_key,
    due_at: null,
    remind_at: null,
    ruled_at: now,
    granted: isGranted ? 1 : 0,
  });
  await tell(tx, ruled, "dispute.ruled", now);
  return readDispute(tx, deps.config, ruled);
}

/** What the vendor rules on a class of contested decisions. */
export interface ClassRuling extends Omit<Ruling, "to" | "order"> {
  /** Only this partner's. */
  partner?: string | undefined;
  /** Only those whose order was decided for this reason. */
  reason?: string | undefined;
  /** Who earned them: each the partner that contests it, one partner, nobody, or as they were decided. */
  to: Ruling["to"] | "claimant";
  dryRun?: boolean | undefined;
}

/** Why a dispute of a class is left as it is. */
export type LeftBecause = "contested_by_others" | "order_unknown" | "second_person_needed" | "dispute_ruled";

/** What came of it. */
export interface RuledClass {
  dryRun: boolean;
  /** The disputes that were ruled on, or would be. */
  ruled: { id: string; partner: string; granted: boolean | null }[];
  /**
   * Left: another partner contests the same order, no order is certain, the order's ruling moves more than one person may
   * alone and waits for another, or somebody else has ruled meanwhile.
   */
  left: { id: string; partner: string; why: LeftBecause }[];
}

const pageSize = 200;

/**
 * Rules on all contested decisions of a class, each in transactions of its own: the same again goes on with the rest.
 * Where two partners contest one order, a person rules on each.
 *
 * @throws {Refusal} `request_invalid`, `partner_unknown`
 */
export async function ruleDisputes(deps: Deps, ruling: ClassRuling): Promise<RuledClass> {
  refuseUnfitNote(ruling.note);
  const { to, dryRun = false } = ruling;
  const result: RuledClass = { dryRun, ruled: [], left: [] };
  for (const { id, partner_id } of await collect(deps, ruling)) {
    const why = await deps.store.read(async (tx) => leftBecause(tx, await requireDispute(tx, id), to));
    if (why !== undefined) {
      result.left.push({ id, partner: partner_id, why });
      continue;
    }
    const own = { ...ruling, to: to === "claimant" ? { partner: partner_id } : to };
    const granted = dryRun ? null : await ruleUnlessLeft(deps, id, own, ruling);
    if (granted === undefined) continue;
    if (typeof granted === "string") result.left.push({ id, partner: partner_id, why: granted });
    else result.ruled.push({ id, partner: partner_id, granted });
  }
  return result;
}

/** Who else contests the order is looked at once more where the ruling is written: a dispute may have come meanwhile. */
async function ruleUnlessLeft(
  deps: Deps,
  id: string,
  ruling: Ruling,
  { to, reason }: ClassRuling,
): Promise<boolean | null | LeftBecause | undefined> {
  try {
    const ruled = await ruleIf(deps, id, ruling, async (tx, dispute) => {
      const why = await leftBecause(tx, dispute, to);
      if (why !== undefined) throw new Left(why);
      if (reason === undefined) return;
      // Locked before it is looked at: it may be decided anew meanwhile, and is then none of the class.
      if (dispute.order_key !== null) await lockOrder(tx, dispute.order_key);
      if (!(await isFor(tx, dispute, reason))) throw new Left(undefined);
    });
    return ruled.granted;
  } catch (error) {
    if (error instanceof Left) return error.why;
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "second_person_needed" || error.code === "dispute_ruled") return error.code;
    throw error;
  }
}

class Left extends Error {
  /** Undefined where it left the class. */
  readonly why: LeftBecause | undefined;

  constructor(why: LeftBecause | undefined) {
    super("the dispute is left as it is");
    this.why = why;
  }
}

async function collect(deps: Deps, { partner, reason }: ClassRuling): Promise<DisputeRow[]> {
  const found: DisputeRow[] = [];
  for (const state of ["open", "answered"] as const) {
    for (let before = "dp_~"; ; ) {
      const from = before;
      const rows = await deps.store.read((tx) =>
        listDisputeRows(tx, { before: from, state, partner: partner ?? "", limit: pageSize }),
      );
      for (const row of rows)
        if (reason === undefined || (await deps.store.read((tx) => isFor(tx, row, reason)))) found.push(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageSize) break;
      before = last.id;
    }
  }
  return found;
}

async function isFor(tx: Tx, { order_key }: DisputeRow, reason: string): Promise<boolean> {
  return order_key !== null && (await findOrder(tx, order_key))?.reason === reason;
}

async function leftBecause(
  tx: Tx,
  { order_key, partner_id }: DisputeRow,
  to: ClassRuling["to"],
): Promise<LeftBecause | undefined> {
  if (order_key === null) return to === "as-decided" || to === "nobody" ? undefined : "order_unknown";
  const others = await listDisputesOfOrder(tx, order_key);
  const isContested = others.some((one) => one.partner_id !== partner_id && one.state !== "ruled");
  return isContested ? "contested_by_others" : undefined;
}
