import type { Tx } from "../../store/store.ts";
import type { ProviderId } from "../../words/ids.ts";
import type { OrderRow } from "../rows/schema.ts";
import { findKeptName, insertName, moveSubscription } from "../rows/subscription-names.ts";
import { lockSubscription } from "./order-names.ts";

/** The subscription of an order, and whether it was two until now. */
export interface OneSubscription {
  name: ProviderId | null;
  /** Orders of either have found earlier purchases. */
  tied: boolean;
}

/**
 * The name under which a subscription's orders are kept. Where the events of one order name several, as a customer
 * came back after the end of one, they are one from now on: its orders move to the name that sorts first, whatever came
 * first. Nobody may write under any of the names meanwhile.
 */
export async function oneSubscription(
  tx: Tx,
  { shop, order_key }: Pick<OrderRow, "shop" | "order_key">,
  told: readonly (ProviderId | null)[],
): Promise<OneSubscription> {
  const ids = [...new Set(told)].filter((id) => id !== null).sort();
  const names = new Set<ProviderId>();
  for (const subscription_id of ids) {
    await lockSubscription(tx, shop, subscription_id, order_key);
    names.add(await findKeptName(tx, { shop, subscription_id }));
  }
  const [name = null, ...others] = [...names].sort();
  if (name === null) return { name, tied: false };
  for (const other of others) {
    await moveSubscription(tx, { shop, from: other, to: name });
    await insertName(tx, { shop, subscription_id: other, kept_as: name, told_by: order_key });
  }
  return { name, tied: others.length > 0 };
}
