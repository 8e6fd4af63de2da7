import type { ConcealedSale } from "../events/conceal-event.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ShopName } from "../words/ids.ts";
import { type DecidedOrder, decideOrder } from "./decide-order.ts";
import { isEarlier } from "./is-earlier.ts";
import { couponsOf, couponText } from "./order-coupons.ts";
import { lockOrder, lockSubscription, type NamedOrder } from "./order-names.ts";
import type { OrderRow } from "./rows/schema.ts";
import type { DecidingDeps } from "./ways.ts";

/** Keeps a sale, decides it, and decides anew what later sales of the same licence or subscription learn from it. */
export async function recordSale(
  tx: Tx,
  deps: DecidingDeps,
  sale: { shop: ShopName; event: ConcealedSale; named: NamedOrder },
  now: Instant,
): Promise<DecidedOrder[]> {
  const told = orderOf(sale.shop, sale.event, sale.named, now);
  const known = sale.named.fresh ? undefined : await lockOrder(tx, sale.named.key);
  const order = known === undefined ? told : joinSales(known, told);
  if (order.subscription_id !== null)
    await lockSubscription(tx, order.shop, order.subscription_id, order.order_key);
  const cause = known === undefined ? "sale" : "same_sale";
  const serial = order.licence_hash === told.licence_hash ? sale.event.serial : undefined;
  const { fresh } = sale.named;
  const decided = await decideOrder(tx, deps, { order, cause, fresh, serial }, now);
  return [decided, ...(await decideLaterSales(tx, deps, decided, now))];
}

/** The order as one sale event tells it. */
function orderOf(shop: ShopName, event: ConcealedSale, named: NamedOrder, now: Instant): OrderRow {
  return {
    order_key: named.key,
    shop,
    order_id: event.order,
    object_id: event.objectId,
    cycle: event.cycle,
    product: event.product ?? null,
    subscription_id: event.subscription ?? null,
    licence_hash: event.licenceHash,
    email_hash: event.emailHash,
    email_domain_hash: event.emailDomainHash,
    reference: event.reference ?? null,
    coupon: couponText(event.coupons ?? []),
    net_minor: event.netMinor,
    tax_minor: event.taxMinor,
    currency: event.currency,
    occurred_at: event.occurredAt,
    received_at: now,
    decision_seq: 0,
    outcome: "unattributed",
    partner_id: null,
    reason: "no_evidence",
    release_at: null,
    released_at: null,
  };
}

/**
 * Two events of one sale, such as a checkout session and its first invoice: the one whose object sorts first tells
 * the amounts and the name, the other fills in what it leaves open. So the result does not depend on which came first.
 */
function joinSales(known: OrderRow, told: OrderRow): OrderRow {
  const [first, second] = told.object_id < known.object_id ? [told, known] : [known, told];
  return {
    ...known,
    order_id: first.order_id,
    object_id: first.object_id,
    cycle: first.cycle,
    net_minor: first.net_minor,
    tax_minor: first.tax_minor,
    currency: first.currency,
    occurred_at: first.occurred_at,
    product: first.product ?? second.product,
    subscription_id: first.subscription_id ?? second.subscription_id,
    licence_hash: first.licence_hash ?? second.licence_hash,
    email_hash: first.email_hash ?? second.email_hash,
    email_domain_hash: first.email_hash === null ? second.email_domain_hash : first.email_domain_hash,
    reference: first.reference ?? second.reference,
    coupon: couponText([...couponsOf(first), ...couponsOf(second)]),
  };
}

/** A sale that came in late is earlier evidence for the sales after it: they are decided as if it had come in time. */
async function decideLaterSales(
  tx: Tx,
  deps: DecidingDeps,
  { order, related }: DecidedOrder,
  now: Instant,
): Promise<DecidedOrder[]> {
  const decided: DecidedOrder[] = [];
  for (const one of related) {
    if (!isEarlier(order, one)) continue;
    const later = await lockOrder(tx, one.order_key);
    if (later === undefined) continue;
    decided.push(await decideOrder(tx, deps, { order: later, cause: "earlier_sale", fresh: false }, now));
  }
  return decided;
}
