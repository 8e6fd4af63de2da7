import { claimLink, claimLinks, type LinkClaim, moveLinks } from "../../events/rows/events.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, OrderKey, ProviderId, ShopName } from "../../words/ids.ts";
import { newOrderKey } from "../../words/order-key.ts";
import { findOrder, findOrderToChange } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";

/** The ids that an event gives for its order. */
export interface OrderNames {
  ids: readonly ProviderId[];
  /** The object of the sale, where the event is one. */
  sold?: ProviderId;
}

/** The order that an event's ids name. */
export interface NamedOrder {
  key: OrderKey;
  /** None of the ids was ever seen before. */
  fresh: boolean;
  /** The object's sale was taken before: the shop has sent it again under another event id. */
  soldBefore: boolean;
  /** Other orders, with sales of their own, that turned out to be the same sale. */
  absorbed: readonly OrderKey[];
}

/**
 * Finds the order that ids of a shop name, or makes a name for it. When they turn out to name two, as after a refund
 * that came before its sale under another id, both become one. The ids are claimed in one fixed order, so that two
 * events of one sale never wait for each other crosswise.
 */
export async function nameOrder(
  tx: Tx,
  shop: ShopName,
  { ids, sold: object }: OrderNames,
  now: Instant,
): Promise<NamedOrder> {
  const candidate = newOrderKey(now);
  const { keys, soldBefore } = await claimLinks(tx, {
    namespace: shop,
    ids: [...new Set(object === undefined ? ids : [...ids, object])].sort(),
    order_key: candidate,
    sold: object,
  });
  const known = [...keys].filter((key) => key !== candidate).sort();
  const [only] = known;
  if (only === undefined) return { key: candidate, fresh: true, soldBefore, absorbed: [] };
  if (known.length === 1 && keys.size === 1) return { key: only, fresh: false, soldBefore, absorbed: [] };
  const sold = known.length === 1 ? [] : await withSales(tx, known);
  const key = sold[0] ?? only;
  for (const other of keys) if (other !== key) await moveLinks(tx, { from: other, to: key });
  return { key, fresh: false, soldBefore, absorbed: sold.filter((other) => other !== key) };
}

/**
 * The order's row, locked against every other event of the order until the transaction ends; nothing when its sale
 * has not come yet, and then the name itself is locked, so that the sale cannot pass unseen.
 */
export async function lockOrder(tx: Tx, key: OrderKey): Promise<OrderRow | undefined> {
  const order = await findOrderToChange(tx, key);
  if (order !== undefined) return order;
  await claimLink(tx, { namespace: "order", id: key, order_key: key });
  return findOrderToChange(tx, key);
}

/** Makes the sales of one licence wait for one another: what one proves counts for the next. */
export const lockLicence = (tx: Tx, licence: LicenceHash, order: OrderKey) =>
  lockName(tx, { namespace: "licence", id: licence, order_key: order });

/** Makes the sales of one subscription wait for one another. */
export const lockSubscription = (tx: Tx, shop: ShopName, subscription: ProviderId, order: OrderKey) =>
  lockName(tx, { namespace: `subscription ${shop}`, id: subscription, order_key: order });

/** SQLite has one writer at a time: there they wait for one another anyway, and no row is kept for it. */
async function lockName(tx: Tx, name: LinkClaim): Promise<void> {
  if (tx.engine !== "sqlite") await claimLink(tx, name);
}

/** Those that have a sale, the first that was heard of first. */
async function withSales(tx: Tx, keys: readonly OrderKey[]): Promise<OrderKey[]> {
  const found: OrderKey[] = [];
  for (const key of keys) if ((await findOrder(tx, key)) !== undefined) found.push(key);
  return found;
}
