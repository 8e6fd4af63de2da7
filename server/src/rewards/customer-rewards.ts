import type { RewardKind } from "../commission/reward-terms.ts";
import type { RewardState } from "../commission/settle-reward.ts";
import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import type { EmailHash } from "../words/ids.ts";
import { codeOf } from "./codes.ts";
import { findRewardsOfBuyer } from "./rows/customer-rewards.ts";

/** A reward as the customer whose renewal earned it sees it. Times are ISO 8601 in UTC. */
export interface CustomerReward {
  reward: string;
  partnerName: string;
  /** In the partner's words. */
  title: string;
  kind: RewardKind;
  product: string | null;
  state: RewardState;
  points: number;
  /** What a coupon is worth, in minor units. */
  worthMinor: number;
  currency: string;
  /** The coupon's code, once it can be used; null of points, and where it still follows. */
  code: string | null;
  expiresAt: string | null;
}

/** What the renewals earned that an address bought. What it costs whom is not the customer's. */
export const listCustomerRewards = (
  deps: Pick<Deps, "store" | "hashes">,
  email: EmailHash,
): Promise<CustomerReward[]> =>
  deps.store.read(async (tx) => {
    const rewards: CustomerReward[] = [];
    for (const row of await findRewardsOfBuyer(tx, email))
      rewards.push({
        reward: row.reward_id,
        partnerName: row.partner_name,
        title: row.title,
        kind: row.kind,
        product: row.product,
        state: row.state,
        points: row.points_left,
        worthMinor: row.kind === "coupon" ? row.partner_minor + row.vendor_minor : 0,
        currency: row.currency,
        code:
          row.kind === "coupon" && row.state === "available" ? ((await codeOf(tx, deps, row)) ?? null) : null,
        expiresAt: row.expires_at === null ? null : isoTime(row.expires_at),
      });
    return rewards;
  });
