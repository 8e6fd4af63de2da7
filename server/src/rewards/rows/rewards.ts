import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, PartnerId } from "../../words/ids.ts";
import type { RewardRow, RewardStepRow } from "./schema.ts";

const rewardColumns = columnsOf<RewardRow>({
  reward_id: true,
  order_key: true,
  partner_id: true,
  offer_id: true,
  kind: true,
  product: true,
  plan_id: true,
  plan_version: true,
  period: true,
  currency: true,
  credit_minor: true,
  points: true,
  partner_minor: true,
  vendor_minor: true,
  occurred_at: true,
  written_at: true,
  state: true,
  points_left: true,
  partner_left: true,
  vendor_left: true,
  vendor_back: true,
  expires_at: true,
  last_seq: true,
});

const insertQuery = query<RewardRow>()((db, p) =>
  db.insertInto("rewards").values(valuesOf(rewardColumns, p)),
);

/** Keeps a new reward. A second one of an order and partner is refused by the database. */
export const insertReward = (tx: Tx, reward: RewardRow) => tx.run(insertQuery, reward);

type Changed = Pick<
  RewardRow,
  | "reward_id"
  | "state"
  | "points_left"
  | "partner_left"
  | "vendor_left"
  | "vendor_back"
  | "expires_at"
  | "last_seq"
>;

const updateQuery = query<Changed>()((db, p) =>
  db
    .updateTable("rewards")
    .set({
      state: p.state,
      points_left: p.points_left,
      partner_left: p.partner_left,
      vendor_left: p.vendor_left,
      vendor_back: p.vendor_back,
      expires_at: p.expires_at,
      last_seq: p.last_seq,
    })
    .where("reward_id", "=", p.reward_id),
);

/** Brings a reward up to its newest step. */
export const updateReward = (tx: Tx, row: RewardRow) => {
  const { reward_id, state, points_left, partner_left, vendor_left, vendor_back, expires_at, last_seq } = row;
  return tx.run(updateQuery, {
    reward_id,
    state,
    points_left,
    partner_left,
    vendor_left,
    vendor_back,
    expires_at,
    last_seq,
  });
};

const rewardQuery = query<{ reward_id: string }>()((db, p) =>
  db.selectFrom("rewards").selectAll().where("reward_id", "=", p.reward_id),
);

/** A reward by its id. */
export const findReward = (tx: Tx, id: string) => tx.one(rewardQuery, { reward_id: id });

const ofOrderQuery = query<{ order_key: OrderKey }>()((db, p) =>
  db.selectFrom("rewards").selectAll().where("order_key", "=", p.order_key).orderBy("reward_id"),
);

/** The rewards of an order: one for each partner that was ever credited for it and offered one. */
export const findRewardsOfOrder = (tx: Tx, key: OrderKey) => tx.all(ofOrderQuery, { order_key: key });

const givenQuery = query<{ partner_id: PartnerId; period: string; currency: Currency }>()((db, p) => ({
  compile: () =>
    sql<{ points: number | string | null; cost: number | string | null }>`
      select sum(points_left) as points,
        sum(case when currency = ${p.currency} then partner_left + vendor_left else 0 end) as cost
      from rewards where partner_id = ${p.partner_id} and period = ${p.period}`.compile(db),
}));

/** What a partner gave in a period: points of all currencies, and what it cost in one. */
export async function sumGiven(
  tx: Tx,
  about: { partner_id: PartnerId; period: string; currency: Currency },
): Promise<{ points: number; costMinor: number }> {
  const row = await tx.one(givenQuery, about);
  return { points: Number(row?.points ?? 0), costMinor: Number(row?.cost ?? 0) };
}

interface RewardPage {
  before: string;
  limit: number;
}

const pageQuery = query<RewardPage>()((db, p) =>
  db
    .selectFrom("rewards")
    .selectAll()
    .where("reward_id", "<", p.before)
    .orderBy("reward_id", "desc")
    .limit(p.limit as never),
);
const pageOfPartnerQuery = query<RewardPage & { partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("rewards")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("reward_id", "<", p.before)
    .orderBy("reward_id", "desc")
    .limit(p.limit as never),
);

/** A page of rewards, the newest first, of all partners or of one. Ids begin with the time. */
export const listRewardRows = (tx: Tx, page: RewardPage, partner?: PartnerId) =>
  partner === undefined
    ? tx.all(pageQuery, page)
    : tx.all(pageOfPartnerQuery, { ...page, partner_id: partner });

const dueQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("rewards")
    .select(["reward_id", "partner_id"])
    .where("state", "=", sql.lit("available"))
    .where("expires_at", "<=", p.now)
    .orderBy("expires_at")
    .limit(p.limit as never),
);

/** Rewards that can be redeemed no longer, the oldest first. */
export const findExpired = (tx: Tx, page: { now: Instant; limit: number }) => tx.all(dueQuery, page);

const stepColumns = columnsOf<Omit<RewardStepRow, "step_no">>({
  reward_id: true,
  seq: true,
  step: true,
  points: true,
  partner_minor: true,
  vendor_minor: true,
  note: true,
  at: true,
});

const insertStepQuery = query<Omit<RewardStepRow, "step_no">>()((db, p) =>
  db.insertInto("reward_steps").values(valuesOf(stepColumns, p)),
);

/** Appends what became of a reward. */
export const insertRewardStep = (tx: Tx, step: Omit<RewardStepRow, "step_no">) =>
  tx.run(insertStepQuery, step);

const stepsQuery = query<{ reward_id: string }>()((db, p) =>
  db.selectFrom("reward_steps").selectAll().where("reward_id", "=", p.reward_id).orderBy("seq"),
);

/** What became of a reward, in the order of time. */
export const listRewardSteps = (tx: Tx, id: string) => tx.all(stepsQuery, { reward_id: id });
