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
import { type ResolvedOrder, refuseUnfitNote, resolveOrder, tryRuling } from "./resolve-order.ts";

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
  /** How many orders were ruled on. */
  count: number;
  /** The first 1,000 of them, as they stand now, each with the partner it was ruled to. */
  orders: (OrderSummary & { ruledTo: string | null })[];
  /** What waits for a second person, or would: in all it moves more of a partner's money than one person may alone. */
  waits: ResolvedOrder["waits"];
}

const pageSize = 200;
const shownAtMost = 1_000;

/**
 * Rules on all orders that wait for one reason, each in a transaction of its own: what was ruled stays when a later
 * one fails, and the same again goes on with the rest. Where all together move more than one person may alone, they wait
 * together for a second one: then none is ruled on before.
 *
 * @throws Refusal `partner_unknown`, `request_invalid`
 */
export async function resolveHeld(deps: Deps, resolution: ClassResolution): Promise<ResolvedClass> {
  const { reason, note, dryRun = false } = resolution;
  refuseUnfitNote(note);
  const limited = isLimited(deps, "rulings");
  if (dryRun || limited) {
    const { rehearsed, orders, moves } = await rehearse(deps, resolution);
    const deed = { actor: currentActor(), moves };
    const above = limited ? await deps.store.read((tx) => movesToApprove(tx, deps, deed, deps.clock())) : [];
    if (dryRun) return { ...rehearsed, waits: above.length > 0 ? { moves } : null };
    if (above.length > 0)
      return { ...rehearsed, waits: await askToRule(deps, { subject: reason, orders, note, moves }) };
  }
  const result: ResolvedClass = { dryRun, count: 0, orders: [], waits: null };
  for await (const { order, partner } of heldOrders(deps, resolution)) {
    const { shop, order_id } = order;
    const ruled = await resolveOrder(deps, { shop, order: order_id, partner, note });
    result.count += 1;
    if (result.orders.length < shownAtMost)
      result.orders.push({ ...summaryIn(ruled.order), ruledTo: partner });
  }
  return result;
}

/** What would come of it in all. */
async function rehearse(deps: Deps, resolution: ClassResolution) {
  const { note, dryRun = false } = resolution;
  const rehearsed: ResolvedClass = { dryRun, count: 0, orders: [], waits: null };
  const orders: ToRule[] = [];
  let moves: Move[] = [];
  for await (const { order, partner } of heldOrders(deps, resolution)) {
    const one = { shop: order.shop, order: order.order_id, partner };
    moves = addUp([...moves, ...(await tryRuling(deps, { ...one, note }, { dryRun: true })).moves]);
    orders.push({ ...one, ifHeld: true });
    rehearsed.count += 1;
    if (rehearsed.orders.length < shownAtMost)
      rehearsed.orders.push({ ...summaryOf(order), ruledTo: partner });
  }
  return { rehearsed, orders, moves };
}

/** The orders of the class, each with whom it is ruled to. */
async function* heldOrders(
  deps: Deps,
  resolution: ClassResolution,
): AsyncGenerator<{ order: OrderRow; partner: string | null }> {
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

interface HeldOrder {
  order: OrderRow;
  /** Who would have been credited. */
  expected: string | null;
}

async function readPage(tx: Tx, before: string, { reason, partner }: ClassResolution) {
  const first = firstOrderKey(instant(0));
  const rows = await listOrderRows(
    tx,
    { first, before: as.order(before), limit: pageSize },
    { outcome: "held", reason },
  );
  const held: HeldOrder[] = [];
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
