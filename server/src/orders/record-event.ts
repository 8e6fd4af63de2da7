import { settleBooks } from "../books/book.ts";
import type { ConcealedEvent } from "../events/conceal-event.ts";
import { insertEvent } from "../events/rows/events.ts";
import type { EventRow } from "../events/rows/schema.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type ShopName } from "../words/ids.ts";
import { type DecidedOrder, frozenCredits } from "./decide-order.ts";
import { lockOrder, nameOrder } from "./order-names.ts";
import { recordSale } from "./record-sale.ts";
import { findDecision } from "./rows/orders.ts";
import type { DecidingDeps } from "./ways.ts";

/** What an event led to. */
export type RecordedEvent = { status: "duplicate" } | { status: "recorded"; decided: DecidedOrder[] };

/**
 * Takes one event of a shop, once: keeps it, finds the order it is about, and brings decision and ledger up to date.
 * Runs within the caller's transaction and may be run again by it.
 */
export async function recordEvent(
  tx: Tx,
  deps: DecidingDeps,
  { shop, event }: { shop: ShopName; event: ConcealedEvent },
  now: Instant,
): Promise<RecordedEvent> {
  if (!(await insertEvent(tx, eventRow(shop, event, now)))) return { status: "duplicate" };
  const names =
    event.effect === "sale"
      ? { ids: event.providerIds, sold: as.provider(event.objectId) }
      : { ids: event.target };
  const named = await nameOrder(tx, shop, names, now);
  if (named.soldBefore) return { status: "duplicate" };
  if (event.effect === "sale")
    return { status: "recorded", decided: await recordSale(tx, deps, { shop, event, named }, now) };
  // A refund, dispute or link before its sale waits as an event under its ids; the sale will find it.
  const order = await lockOrder(tx, named.key);
  const decision =
    order === undefined ? undefined : await findDecision(tx, order.order_key, order.decision_seq);
  if (order === undefined || decision === undefined) return { status: "recorded", decided: [] };
  const credits = frozenCredits(decision);
  const evidence = decision.evidence_kind;
  const books = { order, credits, cause: event.effect, evidence, fresh: false };
  const bookings = await settleBooks(tx, books, now);
  return { status: "recorded", decided: [{ order, evidence, credits, bookings, related: [] }] };
}

function eventRow(shop: ShopName, event: ConcealedEvent, now: Instant): EventRow {
  const money = event.effect === "refund" || "dispute" in event ? event : undefined;
  const [linkId] = event.effect === "sale" ? [event.order] : event.target;
  if (linkId === undefined) throw new Error("an event names what it is about");
  return {
    shop,
    event_id: event.eventId,
    object_id: event.objectId,
    effect: event.effect,
    link_id: linkId,
    dispute_id: "dispute" in event ? event.dispute : null,
    amount_minor: money?.amountMinor ?? 0,
    cumulative: event.effect === "refund" && event.cumulative ? 1 : 0,
    currency: money?.currency ?? null,
    occurred_at: event.occurredAt,
    received_at: now,
  };
}
