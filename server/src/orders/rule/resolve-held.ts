import type { Considered } from "../../attribution/decide.ts";
import { currentActor } from "../../deps/actor.ts";
import type { Deps } from "../../deps/deps.ts";
import { addUp, isLimited, type Move, movesToApprove } from "../../four-eyes/limit.ts";
import type { Tx } from "../../store/store.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { type OrderSummary, summaryOf } from "../explain/list-orders.ts";
import { listOrderRows } from "../rows/order-lists.ts";
import { findDecision } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import { askToRule, type ToRule } from "./ask-to-rule.ts";
import {
  type HeldFor,
  NoLongerHeld,
  NotAlone,
  type Resolution,
  type ResolvedOrder,
  refuseUnfitNote,
  resolveOrder,
  tryRuling,
} from "./resolve-order.ts";

/** What the vendor rules on a class of held orders. */
export interface ClassResolution {
  /** The reason that the orders wait for. */
  reason: string;
  /** Only those that this partner would be credited for. */
  partner?: string | undefined;
  /** Who earned them: a partner, nobody, or each the partner it would have been credited to. */
  to: { partner: string } | "nobody" | "as-decided";
  note: string;
  dryRun?: boolean;
}

/** What came of it. */
export interface ResolvedClass {
  dryRun: boolean;
  /** How many orders were ruled on; where some wait for a second person, how many do. */
  count: number;
  /** The first 1,000 of them, as they stand now, each with the partner it was ruled to. */
  orders: (OrderSummary & { ruledTo: string | null })[];
  /** What waits for a second person, or would: in all it moves more of a partner's money than one person may alone. */
  waits: ResolvedOrder["waits"];
  /** How many were ruled on before those that wait. */
  ruledBefore: number;
  /** Whether more of the class were left as they are: the same again goes on with them once these are approved. */
  isMore: boolean;
}

const pageSize = 200;
const shownAtMost = 1_000;
/** Some seconds of the database's writer, shared with others, and a request of some 60 KB. */
const triedAtOnce = 1_000;

/**
 * Rules on all orders that wait for one reason, each in a transaction of its own: what was ruled stays when a later
 * one fails, and the same again goes on with the rest. Where rulings are limited, so many at once are tried first, and where
 * these move more than one person may alone, they wait together for a second one: then none of them is ruled on before.
 *
 * @param atOnce so many are summed up, and wait, at once
 * @throws Refusal `partner_unknown`, `request_invalid`
 */
export async function resolveHeld(
  deps: Deps,
  resolution: ClassResolution,
  { atOnce = triedAtOnce }: { atOnce?: number } = {},
): Promise<ResolvedClass> {
  const { reason, note, dryRun = false } = resolution;
  refuseUnfitNote(note);
  if (dryRun) return rehearse(deps, resolution, atOnce);
  const limited = isLimited(deps, "rulings");
  const ruled: ResolvedClass = { ...nothingYet, orders: [] };
  const take = async (some: readonly HeldOrder[]) =>
    (limited ? await askFirst(deps, { reason, note, some }) : undefined) ??
    ruleOn(deps, { reason, note, some }, ruled);
  let some: HeldOrder[] = [];
  for await (const one of heldOrders(deps, resolution)) {
    if (some.length === atOnce) {
      const asked = await take(some);
      if (asked !== undefined) return { ...asked, ruledBefore: ruled.count, isMore: true };
      some = [];
    }
    some.push(one);
  }
  const asked = await take(some);
  return asked === undefined ? ruled : { ...asked, ruledBefore: ruled.count };
}

const nothingYet: ResolvedClass = {
  dryRun: false,
  count: 0,
  orders: [],
  waits: null,
  ruledBefore: 0,
  isMore: false,
};

/** Some orders of a class, each with whom it is ruled to, and why. */
interface Some {
  reason: string;
  note: string;
  some: readonly HeldOrder[];
}

/**
 * Rules on some orders, each in a transaction of its own. Where more was booked since they were summed up, so that one
 * person may not rule on one of them alone, a second one is asked for it and all behind it as one.
 */
async function ruleOn(
  deps: Deps,
  { reason, note, some }: Some,
  ruled: ResolvedClass,
): Promise<ResolvedClass | undefined> {
  for (const [at, one] of some.entries()) {
    const result = await ruleIfHeld(deps, { ...ruledAs(one), note }, heldFor(one, reason));
    if (result === "left") continue;
    if (result === "needs_second_person") {
      const rest = some.slice(at);
      return ask(deps, { reason, note, some: rest }, await sumUp(deps, { reason, note, some: rest }));
    }
    ruled.count += 1;
    if (ruled.orders.length < shownAtMost)
      ruled.orders.push({ ...summaryIn(result.order), ruledTo: one.partner });
  }
  return undefined;
}

/** `left` where the order left the class meanwhile: somebody else ruled on it, or a fact came that decides it. */
async function ruleIfHeld(
  deps: Deps,
  resolution: Resolution,
  ifHeld: HeldFor,
): Promise<ResolvedOrder | "left" | "needs_second_person"> {
  try {
    return await resolveOrder(deps, resolution, { ifHeld, ifAlone: true });
  } catch (error) {
    if (error instanceof NoLongerHeld) return "left";
    if (error instanceof NotAlone) return "needs_second_person";
    throw error;
  }
}

/** Asks a second person where some orders move more in all than one may alone; undefined where they do not. */
async function askFirst(deps: Deps, some: Some): Promise<ResolvedClass | undefined> {
  const { moves, above } = await measure(deps, some);
  return above ? ask(deps, some, moves) : undefined;
}

/** Has some orders wait together for a second person. */
async function ask(deps: Deps, { reason, note, some }: Some, moves: readonly Move[]): Promise<ResolvedClass> {
  const orders = some.map((one): ToRule => ({ ...ruledAs(one), ifHeld: true }));
  const waits = await askToRule(deps, { subject: reason, orders, note, moves });
  return { ...nothingYet, count: some.length, orders: some.slice(0, shownAtMost).map(shownAs), waits };
}

/** What some rulings move in all, and whether that is more than one person may alone. */
async function measure(deps: Deps, some: Some): Promise<{ moves: Move[]; above: boolean }> {
  const moves = await sumUp(deps, some);
  const deed = { actor: currentActor(), moves };
  const above = await deps.store.read((tx) => movesToApprove(tx, deps, deed, deps.clock()));
  return { moves, above: above.length > 0 };
}

/** What some rulings move in all. One that somebody else has ruled on meanwhile moves nothing. */
async function sumUp(deps: Deps, { reason, note, some }: Some): Promise<Move[]> {
  let moves: Move[] = [];
  for (const one of some) {
    const tried = tryRuling(deps, { ...ruledAs(one), note }, { dryRun: true, ifHeld: heldFor(one, reason) });
    moves = addUp([...moves, ...(await tried.catch(nothingIfLeft)).moves]);
  }
  return moves;
}

function nothingIfLeft(error: unknown): { moves: Move[] } {
  if (error instanceof NoLongerHeld) return { moves: [] };
  throw error;
}

/**
 * What would come of it. Each ruling that is tried keeps the database's writer as long as one that is kept, so no more are
 * tried than wait at once, and one where nobody has to approve: that says whom there is no ruling to.
 */
async function rehearse(deps: Deps, resolution: ClassResolution, atOnce: number): Promise<ResolvedClass> {
  const limited = isLimited(deps, "rulings");
  const some: HeldOrder[] = [];
  const foreseen: ResolvedClass = { ...nothingYet, dryRun: true, orders: [] };
  for await (const one of heldOrders(deps, resolution)) {
    foreseen.count += 1;
    if (some.length < (limited ? atOnce : 1)) some.push(one);
    if (foreseen.orders.length < shownAtMost) foreseen.orders.push(shownAs(one));
  }
  const { moves, above } = await measure(deps, { ...resolution, some });
  if (!limited || !above) return foreseen;
  return { ...foreseen, waits: { moves }, isMore: foreseen.count > some.length };
}

const ruledAs = ({ order, partner }: HeldOrder): ToRule => ({
  shop: order.shop,
  order: order.order_id,
  partner,
});

const heldFor = ({ order }: HeldOrder, reason: string): HeldFor => ({ reason, decision: order.decision_seq });

const shownAs = ({ order, partner }: HeldOrder) => ({ ...summaryOf(order), ruledTo: partner });

/** The orders of the class, each with whom it is ruled to. */
async function* heldOrders(deps: Deps, resolution: ClassResolution): AsyncGenerator<HeldOrder> {
  const { to } = resolution;
  for (let before = "~"; ; ) {
    const from = before;
    const page = await deps.store.read((tx) => readPage(tx, from, resolution));
    if (page.last === undefined) return;
    before = page.last;
    for (const { order, expected } of page.held)
      yield { order, partner: to === "nobody" ? null : to === "as-decided" ? expected : to.partner };
  }
}

/** An order of the class, and to whom it is ruled. */
interface HeldOrder {
  order: OrderRow;
  partner: string | null;
}

async function readPage(tx: Tx, before: string, { reason, partner }: ClassResolution) {
  const first = firstOrderKey(instant(0));
  const rows = await listOrderRows(
    tx,
    { first, before: as.order(before), limit: pageSize },
    { outcome: "held", reason },
  );
  const held: { order: OrderRow; expected: string | null }[] = [];
  for (const order of rows) {
    const expected = await expectedPartner(tx, order);
    if (partner === undefined || partner === expected) held.push({ order, expected });
  }
  return { held, last: rows.at(-1)?.order_key };
}

/** The strongest evidence that counted, since evidence is kept in order of strength. */
async function expectedPartner(tx: Tx, order: OrderRow): Promise<string | null> {
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  const evidence = JSON.parse(decision?.evidence ?? "[]") as Considered[];
  return evidence.find(({ reason }) => reason === "held")?.partner ?? null;
}

const summaryIn = (order: OrderSummary): OrderSummary => ({
  shop: order.shop,
  order: order.order,
  outcome: order.outcome,
  partner: order.partner,
  reason: order.reason,
  cycle: order.cycle,
  product: order.product,
  country: order.country,
  netMinor: order.netMinor,
  taxMinor: order.taxMinor,
  currency: order.currency,
  occurredAt: order.occurredAt,
  receivedAt: order.receivedAt,
});
