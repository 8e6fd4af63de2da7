import { settleBooks } from "../../books/book.ts";
import type { ConcealedEvent, ConcealedSale } from "../../events/conceal-event.ts";
import { eventRowOf } from "../../events/event-row.ts";
import type { LossEvent } from "../../events/purchase-event.ts";
import { findLossEvents, insertEvent, lossFactOf } from "../../events/rows/events.ts";
import { foreignLosses } from "../../ledger/loss.ts";
import { adoptHashes } from "../../secrets/former-hashes.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type ShopName } from "../../words/ids.ts";
import { decideAfterLoss } from "../decide/decide-after-loss.ts";
import { type DecidedOrder, frozenCredits } from "../decide/decide-order.ts";
import type { DecidingDeps } from "../decide/ways.ts";
import { findDecision } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import { joinOrders } from "./join-orders.ts";
import { lockOrder, type NamedOrder, nameOrder } from "./order-names.ts";
import { decideWithLaterSales, recordSale } from "./record-sale.ts";
import { withProducts } from "./sale-facts.ts";
import { placeUntimed } from "./untimed-state.ts";

/** What an event led to. */
export type RecordedEvent =
  | { status: "duplicate" }
  | {
      status: "recorded";
      decided: DecidedOrder[];
      /** A loss whose sale is not known: it counts once the sale comes. */
      waiting?: ConcealedEvent & LossEvent;
    };

/** An event of a shop; `note` says why where a person entered it. */
export interface EventOfShop {
  shop: ShopName;
  event: ConcealedEvent;
  note?: string;
}

/**
 * Takes one event of a shop, once: keeps it, finds the order it is about, and brings decision and ledger up to date.
 * Runs within the caller's transaction and may be run again by it.
 */
export async function recordEvent(
  tx: Tx,
  deps: DecidingDeps,
  { shop, event, note }: EventOfShop,
  now: Instant,
): Promise<RecordedEvent> {
  const told =
    event.effect === "sale" ? withProducts(event, shop, deps.config.articles) : await placed(tx, shop, event);
  if (told === undefined || !(await insertEvent(tx, eventRowOf({ shop, event: told, note }, now))))
    return { status: "duplicate" };
  const names =
    told.effect === "sale"
      ? { ids: told.providerIds, sold: as.provider(told.objectId) }
      : { ids: told.target };
  if (told.effect === "sale") await adoptHashes(tx, told.former);
  const named = await nameOrder(tx, shop, names, now);
  if (told.effect !== "sale") return recordOther(tx, deps, told, named, now);
  // Told again: an amendment where it says when the order became so, else nothing new.
  if (named.soldBefore && told.changedAt === undefined && named.absorbed.length === 0)
    return { status: "duplicate" };
  const decided = await recordSale(tx, deps, { shop, event: told, named }, now);
  return decided === undefined ? { status: "duplicate" } : { status: "recorded", decided };
}

const placed = async (tx: Tx, shop: ShopName, event: Exclude<ConcealedEvent, ConcealedSale>) =>
  event.effect === "refund" && event.untimed ? placeUntimed(tx, shop, event) : event;

/** A refund, dispute or link before its sale waits as an event under its ids; the sale will find it. */
async function recordOther(
  tx: Tx,
  deps: DecidingDeps,
  event: Exclude<ConcealedEvent, ConcealedSale>,
  named: NamedOrder,
  now: Instant,
): Promise<RecordedEvent> {
  const before = named.fresh ? undefined : await lockOrder(tx, named.key);
  const { order, retired, tied } = await joinOrders(tx, before, named.absorbed, now);
  const takes = event.effect !== "link" && event.effect !== "payment" && event.amountMinor > 0;
  const waiting = takes ? { waiting: event } : {};
  if (order === undefined) return { status: "recorded", decided: [], ...waiting };
  const losses = await findLossEvents(tx, order.order_key);
  const isForeign = foreignLosses(losses.map(lossFactOf), order.currency);
  if (retired.length > 0 || isForeign || order.reason === "loss_currency") {
    const cause = retired.length > 0 ? "same_sale" : "loss";
    const decided = await decideWithLaterSales(tx, deps, { order, cause, fresh: false, tied }, now);
    return { status: "recorded", decided: [...retired, ...decided] };
  }
  const decided = await settle(tx, { order, losses, cause: event.effect }, now);
  return {
    status: "recorded",
    decided: [...decided, ...(await decideAfterLoss(tx, deps, { order, losses }, now))],
  };
}

async function settle(
  tx: Tx,
  {
    order,
    losses,
    cause,
  }: { order: OrderRow; losses: Awaited<ReturnType<typeof findLossEvents>>; cause: string },
  now: Instant,
): Promise<DecidedOrder[]> {
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (decision === undefined) return [];
  const credits = frozenCredits(decision);
  const evidence = decision.evidence_kind;
  const bookings = await settleBooks(tx, { order, credits, cause, evidence, losses, fresh: false }, now);
  return [{ order, evidence, credits, bookings, related: [] }];
}
