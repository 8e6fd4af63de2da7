import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash } from "../../words/ids.ts";
import type { RewardRow } from "./schema.ts";

/** A reward as its customer's page needs it. */
export type CustomerRewardRow = RewardRow & { partner_name: string; title: string };

const ofBuyerQuery = query<{ email_hash: EmailHash }>()((db, p) => ({
  compile: () =>
    sql<CustomerRewardRow>`select rewards.*, partners.name as partner_name, reward_offers.title
      from orders
      join rewards on rewards.order_key = orders.order_key
      join partners on partners.id = rewards.partner_id
      join reward_offers on reward_offers.offer_id = rewards.offer_id
      where orders.email_hash = ${p.email_hash}
      order by rewards.reward_id desc limit 200`.compile(db),
}));

/** What the renewals earned that an address bought, the newest first. */
export const findRewardsOfBuyer = (tx: Tx, email: EmailHash) => tx.all(ofBuyerQuery, { email_hash: email });
