import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";

interface NewCode {
  offer_id: string;
  code_hash: string;
  code_sealed: Uint8Array;
  added_at: Instant;
}

const insertQuery = query<NewCode>()((db, p) =>
  db
    .insertInto("reward_codes")
    .values({
      offer_id: p.offer_id,
      code_hash: p.code_hash,
      code_sealed: p.code_sealed,
      added_at: p.added_at,
    })
    .onConflict((conflict) => conflict.column("code_hash").doNothing()),
);

/** Keeps a code; false where some offer has it already. */
export const insertCode = async (tx: Tx, code: NewCode): Promise<boolean> =>
  (await tx.run(insertQuery, code)) === 1;

const takeQuery = query<{ offer_id: string; reward_id: string }>()((db, p) => ({
  compile: () =>
    sql`update reward_codes set reward_id = ${p.reward_id} where code_no = (
      select code_no from reward_codes where offer_id = ${p.offer_id} and reward_id is null
      order by code_no limit 1)`.compile(db),
}));

/** Gives the next free code of an offer to a reward; false where none is left. */
export const takeCode = async (tx: Tx, about: { offer_id: string; reward_id: string }): Promise<boolean> =>
  (await tx.run(takeQuery, about)) === 1;

const ofRewardQuery = query<{ reward_id: string }>()((db, p) =>
  db
    .selectFrom("reward_codes")
    .select(["code_no", "code_hash", "code_sealed"])
    .where("reward_id", "=", p.reward_id),
);

/** The code that was given to a reward. */
export const findCodeOf = (tx: Tx, reward: string) => tx.one(ofRewardQuery, { reward_id: reward });

const freeQuery = query<{ offer_id: string }>()((db, p) =>
  db
    .selectFrom("reward_codes")
    .select(sql<number | string>`count(*)`.as("free"))
    .where("offer_id", "=", p.offer_id)
    .where("reward_id", "is", null),
);

/** How many codes of an offer nobody has. */
export const countFreeCodes = async (tx: Tx, offer: string): Promise<number> =>
  Number((await tx.one(freeQuery, { offer_id: offer }))?.free ?? 0);

const wantingQuery = query<{ offer_id: string; limit: number }>()((db, p) => ({
  compile: () =>
    sql<{ reward_id: string }>`select reward_id from rewards
      where offer_id = ${p.offer_id} and state = 'available'
        and not exists (select 1 from reward_codes where reward_codes.reward_id = rewards.reward_id)
      order by reward_id limit ${p.limit}`.compile(db),
}));

/** Rewards of an offer that wait for a code, the oldest first. */
export const findWanting = (tx: Tx, page: { offer_id: string; limit: number }) => tx.all(wantingQuery, page);

const deleteFreeQuery = query<{ offer_id: string }>()((db, p) =>
  db.deleteFrom("reward_codes").where("offer_id", "=", p.offer_id).where("reward_id", "is", null),
);

/** Drops the codes of an offer that no customer has: they can be handed in for another. */
export const deleteFreeCodes = (tx: Tx, offerId: string) => tx.run(deleteFreeQuery, { offer_id: offerId });
