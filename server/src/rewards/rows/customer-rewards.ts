import { type RawBuilder, sql } from "kysely";
import { boughtBy } from "../../secrets/rows/email-orders.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, LicenceHash } from "../../words/ids.ts";
import type { RewardRow } from "./schema.ts";

/** A reward as its customer's page needs it. */
export type CustomerRewardRow = RewardRow & { partner_name: string; title: string };

interface Page {
  before: string;
  limit: number;
}

const rewardsWhere = (
  isTheirs: RawBuilder<unknown>,
  { before, limit }: Record<keyof Page, RawBuilder<unknown>>,
) =>
  sql<CustomerRewardRow>`select rewards.*, partners.name as partner_name, reward_offers.title
    from orders
    join rewards on rewards.order_key = orders.order_key
    join partners on partners.id = rewards.partner_id
    join reward_offers on reward_offers.offer_id = rewards.offer_id
    where ${isTheirs} and rewards.reward_id < ${before}
    order by rewards.reward_id desc limit ${limit}`;

const ofBuyerQuery = query<Page & { email_hash: EmailHash }>()((db, p, engine) => ({
  compile: () => rewardsWhere(boughtBy(engine, sql`${p.email_hash}`), p).compile(db),
}));
const ofLicenceQuery = query<Page & { licence_hash: LicenceHash }>()((db, p) => ({
  compile: () => rewardsWhere(sql`orders.licence_hash = ${p.licence_hash}`, p).compile(db),
}));

/** A page of what the renewals earned that an address bought, the newest first. */
export const findRewardsOfBuyer = (tx: Tx, email: EmailHash, page: Page) =>
  tx.all(ofBuyerQuery, { email_hash: email, ...page });

/** A page of what the renewals of a licence earned, the newest first. */
export const findRewardsOfLicence = (tx: Tx, licence: LicenceHash, page: Page) =>
  tx.all(ofLicenceQuery, { licence_hash: licence, ...page });
