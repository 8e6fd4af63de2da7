import type { Loss } from "../ledger/loss.ts";
import { balanceOf } from "../ledger/settle.ts";
import type { Transfer } from "../ledger/transfer.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { OrderCycle } from "../words/cycle.ts";
import type { Currency, OrderKey, PartnerId, ProductId, ProviderId, ShopName } from "../words/ids.ts";
import { newOrderKey } from "../words/order-key.ts";
import type { CreditFacts } from "./adapter.ts";
import { insertOutboxRow, lockToldOfOrder } from "./rows/outbox.ts";
import type { OutboxKind } from "./rows/schema.ts";

/** A partner whose credit may have changed, and the destinations that hear of it. */
export interface Hearer {
  partner: PartnerId;
  currency: Currency;
  destinations: readonly string[];
}

/** What destinations are told of an order. */
export interface ToldOrder {
  order_key: OrderKey;
  shop: ShopName;
  order_id: ProviderId;
  cycle: OrderCycle;
  product: ProductId | null;
  reference: string | null;
  net_minor: number;
  occurred_at: Instant;
  /** Whom the decision in force credits first: who sold it. */
  partner_id: PartnerId | null;
}

/** A settlement of an order's books that was just written. */
export interface Settled {
  order: ToldOrder;
  loss: Loss;
  /** The kind of evidence that won in the decision in force. */
  evidence: string | null;
  hearers: readonly Hearer[];
  /** All transfers of the order. */
  booked: readonly Transfer[];
  /** Those of them that this transaction wrote, with what led to each. */
  bookings: readonly (Transfer & { cause: string })[];
}

type Change = Pick<CreditFacts, "creditMinor" | "previousCreditMinor">;

/**
 * Writes a message for each destination of each partner whose credit has changed, in the transaction of the booking:
 * there is no booking without its message, and no message without its booking. The caller holds the order locked.
 */
export async function tellDestinations(tx: Tx, settled: Settled, now: Instant): Promise<void> {
  const { order, hearers, booked, bookings } = settled;
  // An order whose transfers are all of this transaction was never told of.
  const told = booked.length > bookings.length ? await lockToldOfOrder(tx, order.order_key) : [];
  for (const hearer of hearers) {
    const change = changeOf(hearer, booked, bookings);
    if (change.creditMinor === change.previousCreditMinor) continue;
    const written = factsOf(settled, hearer, change, now);
    const kind = kindOf(change);
    for (const destination of hearer.destinations) {
      const earlier = told.filter((one) => one.destination_id === destination);
      // A destination that was set up later does not hear of the end of what it never heard of.
      if (earlier.length === 0 && kind !== "convert") continue;
      const facts = JSON.stringify({ ...written, ...namedAs(earlier[0]?.facts, order, hearer) });
      const waits = earlier.some(({ state }) => state !== "delivered" && state !== "dropped");
      const row = {
        id: `msg_${newOrderKey(now)}`,
        destination_id: destination,
        order_key: order.order_key,
        seq: Math.max(0, ...earlier.map(({ seq }) => seq)) + 1,
        kind,
      };
      await insertOutboxRow(tx, { ...row, facts, due_at: waits ? null : now, created_at: now });
      told.push({ ...row, state: "pending", facts });
    }
  }
}

/** An order keeps the name that a destination was first told, whoever is credited for it later. */
function namedAs(
  first: string | undefined,
  { partner_id: seller }: ToldOrder,
  { partner }: Hearer,
): Pick<CreditFacts, "above"> {
  const isAbove =
    first === undefined
      ? seller !== null && seller !== partner
      : (JSON.parse(first) as CreditFacts).above === true;
  return isAbove ? { above: true } : {};
}

/** What a change of a credit is to a destination. */
export function kindOf({ creditMinor, previousCreditMinor }: Change): OutboxKind {
  if (creditMinor === 0) return "reverse";
  return previousCreditMinor === 0 ? "convert" : "adjust";
}

/** What a partner is credited for an order is what its transfers took from the expense account. */
function changeOf(
  { partner, currency }: Hearer,
  booked: readonly Transfer[],
  bookings: readonly Transfer[],
): Change {
  const isMine = (one: Transfer) => one.partner === partner && one.currency === currency;
  const creditMinor = 0 - balanceOf(booked.filter(isMine), "expense");
  return { creditMinor, previousCreditMinor: creditMinor + balanceOf(bookings.filter(isMine), "expense") };
}

function factsOf(
  { order, loss, evidence, bookings }: Settled,
  { partner, currency }: Hearer,
  change: Change,
  now: Instant,
): CreditFacts {
  return {
    order: order.order_key,
    shop: order.shop,
    shopOrder: order.order_id,
    cycle: order.cycle,
    product: order.product,
    partner,
    currency,
    ...change,
    netMinor: order.net_minor,
    remainingNetMinor: order.net_minor - loss.lostNetMinor,
    reference: order.reference,
    cause: bookings.findLast((one) => one.partner === partner)?.cause ?? "sale",
    evidence,
    occurredAt: isoTime(order.occurred_at),
    changedAt: isoTime(now),
  };
}
