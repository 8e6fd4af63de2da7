import { findLink } from "../events/rows/events.ts";
import type { ReadOrderRewards } from "../orders/explain/order-reward.ts";
import { findOrder } from "../orders/rows/orders.ts";
import { as } from "../words/ids.ts";
import { followRewards } from "./follow-rewards.ts";
import { findRewardsOfOrder } from "./rows/rewards.ts";
import { whyNothing } from "./settle-order-rewards.ts";

/**
 * What an order earned its customer, or why nothing, as things are now: what the period's caps leave changes as rewards
 * are taken back.
 */
export const readOrderRewards: ReadOrderRewards = async (deps, { shop, order: id, partner }) => {
  await followRewards(deps);
  return deps.store.read(async (tx) => {
    const key = await findLink(tx, as.shop(shop), id);
    const order = key === undefined ? undefined : await findOrder(tx, key);
    if (order === undefined) return { earned: [], none: null };
    const rewards = await findRewardsOfOrder(tx, order.order_key);
    const hasOwn = rewards.some(({ partner_id }) => partner_id === partner);
    return {
      earned: rewards.map((row) => ({
        reward: row.reward_id,
        offer: row.offer_id,
        partner: row.partner_id,
        kind: row.kind,
        state: row.state,
        points: row.points_left,
        costMinor: row.partner_left + row.vendor_left,
        currency: row.currency,
      })),
      none: hasOwn ? null : ((await whyNothing(tx, order)) ?? null),
    };
  });
};
