import type { Considered } from "../attribution/decide.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { type OrderSummary, summaryOf } from "./orders.ts";
import { refuseUnfitNote, resolveOrder } from "./resolve-order.ts";
import { listOrderRows } from "./rows/order-lists.ts";
import { findDecision } from "./rows/orders.ts";
import type { OrderRow } from "./rows/schema.ts";

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
}

const pageSize = 200;
const shownAtMost = 1_000;

/**
 * Rules on all orders that wait for one reason, each in a transaction of its own: what was ruled stays when a later
 * one fails, and the same again goes on with the rest.
 *
 * @throws Refusal `partner_unknown`, `request_invalid`
 */
export async function resolveHeld(deps: Deps, resolution: ClassResolution): Promise<ResolvedClass> {
  const { to, note, dryRun = false } = resolution;
  refuseUnfitNote(note);
  const result: ResolvedClass = { dryRun, count: 0, orders: [] };
  let before = "~";
  for (;;) {
    const page = await deps.store.read((tx) => readPage(tx, before, resolution));
    if (page.last === undefined) return result;
    before = page.last;
    for (const { order, expected } of page.held) {
      const partner = to === "nobody" ? null : to === "as-decided" ? expected : to.partner;
      const { shop, order_id } = order;
      const ruled = await resolveOrder(deps, { shop, order: order_id, partner, note, dryRun });
      result.count += 1;
      if (result.orders.length < shownAtMost)
        result.orders.push({ ...(dryRun ? summaryOf(order) : summaryIn(ruled.order)), ruledTo: partner });
    }
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
