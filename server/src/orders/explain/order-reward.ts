import type { RewardKind } from "../../commission/reward-terms.ts";
import type { RewardState } from "../../commission/settle-reward.ts";
import type { Deps } from "../../deps/deps.ts";

/** A reward that an order earned its customer. Amounts in minor units. */
export interface EarnedReward {
  reward: string;
  offer: string;
  /** Who gives it. */
  partner: string;
  kind: RewardKind;
  state: RewardState;
  /** What is left of it. */
  points: number;
  costMinor: number;
  currency: string;
}

/** What an order earned its customer. */
export interface OrderRewards {
  /** One for each partner that was ever credited for it and offered one. */
  earned: EarnedReward[];
  /** Why there is none of whom it is credited to, as a code; null where there is one, or one is about to be written. */
  none: string | null;
}

/** Reads what an order earned: the room of rewards does, which stands above this one. */
export type ReadOrderRewards = (
  deps: Pick<Deps, "store" | "clock" | "log">,
  order: { shop: string; order: string; partner: string | null },
) => Promise<OrderRewards>;
