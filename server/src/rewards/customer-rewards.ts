import type { RewardKind } from "../commission/reward-terms.ts";
import type { RewardState } from "../commission/settle-reward.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { EmailHash, LicenceHash } from "../words/ids.ts";
import { codeOf } from "./codes.ts";
import { type CustomerRewardRow, findRewardsOfBuyer, findRewardsOfLicence } from "./rows/customer-rewards.ts";

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

type World = Pick<Deps, "store" | "hashes">;

const newest = { before: "rw_~", limit: 200 };

/** What the renewals earned that an address bought: the newest 200. What it costs whom is not the customer's. */
export const listCustomerRewards = (deps: World, email: EmailHash): Promise<CustomerReward[]> =>
  deps.store.read(async (tx) => shownAll(tx, deps, await findRewardsOfBuyer(tx, email, newest)));

/** All that the renewals of an address or of one licence earned, the newest first: for an export of a person. */
export async function exportCustomerRewards(
  deps: World,
  of: { email: EmailHash } | { licence: LicenceHash },
): Promise<CustomerReward[]> {
  const rewards: CustomerReward[] = [];
  for (let page = newest; ; ) {
    const found = await deps.store.read(async (tx) =>
      shownAll(
        tx,
        deps,
        "email" in of
          ? await findRewardsOfBuyer(tx, of.email, page)
          : await findRewardsOfLicence(tx, of.licence, page),
      ),
    );
    rewards.push(...found);
    const last = found.at(-1);
    if (last === undefined || found.length < page.limit) return rewards;
    page = { ...page, before: last.reward };
  }
}

async function shownAll(tx: Tx, deps: World, rows: readonly CustomerRewardRow[]): Promise<CustomerReward[]> {
  const rewards: CustomerReward[] = [];
  for (const row of rows)
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
}
