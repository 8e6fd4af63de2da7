import type { ConcealedSale } from "../../events/conceal-event.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { ProviderId, ShopName } from "../../words/ids.ts";
import { type DecidedOrder, type DecisionCause, decideOrder } from "../decide/decide-order.ts";
import { decideSome } from "../decide/decide-some.ts";
import { decideUnattributed } from "../decide/decide-waiting-orders.ts";
import { isEarlier } from "../decide/is-earlier.ts";
import type { DecidingDeps } from "../decide/ways.ts";
import { findOrdersOfLicence } from "../rows/orders.ts";
import { joinOrders } from "./join-orders.ts";
import { keptLicence } from "./kept-licence.ts";
import { oneSubscription } from "./one-subscription.ts";
import { lockOrder, lockSubscription, type NamedOrder } from "./order-names.ts";
import { joinSales, orderOf, saysTheSame } from "./sale-facts.ts";

/**
 * Keeps a sale, decides it, and decides anew what later sales of the same licence or subscription learn from it.
 * Returns undefined for one that was told before and says nothing new.
 */
export async function recordSale(
  tx: Tx,
  deps: DecidingDeps,
  sale: { shop: ShopName; event: ConcealedSale; named: NamedOrder },
  now: Instant,
): Promise<DecidedOrder[] | undefined> {
  const { shop, named } = sale;
  const { event, joined } = await asKept(tx, deps, sale.event);
  const told = orderOf({ shop, event, key: named.key, now });
  const before = named.fresh ? undefined : await lockOrder(tx, named.key);
  const { order: known, retired, tied: areTied } = await joinOrders(tx, before, named.absorbed, now);
  const subscription = await oneSubscription(tx, told, [
    known?.subscription_id ?? null,
    told.subscription_id,
  ]);
  const tied = areTied || subscription.tied;
  const whole = known === undefined ? told : joinSales(known, told);
  const order = { ...whole, subscription_id: subscription.name };
  if (known !== undefined && named.soldBefore && retired.length === 0 && !tied && saysTheSame(order, known))
    return undefined;
  const cause = known === undefined ? "sale" : "same_sale";
  const serial = order.licence_hash === told.licence_hash ? event.serial : undefined;
  const toDecide = { order, cause, fresh: named.fresh, serial, tied, locked: told.subscription_id } as const;
  const own = await decideWithLaterSales(tx, deps, toDecide, now);
  // As it was decided: its click may have told the licence.
  if (event.buyer !== undefined)
    await deps.ways.hearBuyer(tx, { order: own[0]?.order ?? order, buyer: event.buyer }, now);
  const decided = [...retired, ...own];
  if (!joined || order.licence_hash === null) return decided;
  const others = (await findOrdersOfLicence(tx, order.licence_hash)).filter(
    ({ order_key }) => order_key !== order.order_key,
  );
  return [...decided, ...(await decideUnattributed(tx, deps, others, now))];
}

/** The sale with the hash by which its licence is kept. */
async function asKept(
  tx: Tx,
  deps: DecidingDeps,
  event: ConcealedSale,
): Promise<{ event: ConcealedSale; joined: boolean }> {
  if (event.licenceHash === null) return { event, joined: false };
  const spelling = { hash: event.licenceHash, exact: event.exactLicenceHash };
  const { licence, joined } = await keptLicence(tx, deps, spelling);
  return { event: { ...event, licenceHash: licence }, joined };
}

/**
 * Decides an order, and anew the sales after it: one that came in late is earlier evidence for them. Where it `tied` two
 * subscriptions, all of their sales have learnt of others.
 */
export async function decideWithLaterSales(
  tx: Tx,
  deps: DecidingDeps,
  {
    tied,
    locked,
    ...toDecide
  }: Parameters<typeof decideOrder>[2] & {
    cause: DecisionCause;
    tied?: boolean;
    /** The subscription that is locked already. */
    locked?: ProviderId | null;
  },
  now: Instant,
): Promise<DecidedOrder[]> {
  const { order } = toDecide;
  if (order.subscription_id !== null && order.subscription_id !== locked)
    await lockSubscription(tx, order.shop, order.subscription_id, order.order_key);
  const decided = await decideOrder(tx, deps, toDecide, now);
  const later = tied ? decided.related : decided.related.filter((one) => isEarlier(decided.order, one));
  return [decided, ...(await decideSome(tx, deps, later, { cause: "earlier_sale" }, now))];
}
