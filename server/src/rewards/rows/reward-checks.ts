import { sql } from "kysely";
import type { TransferAccount, TransferKind } from "../../ledger/transfer.ts";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { RewardRow, RewardStepRow } from "./schema.ts";

const both = <R>(make: (engine: Engine) => R) => ({ sqlite: make("sqlite"), postgres: make("postgres") });

const rewardsQuery = both((engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<RewardRow>`select rewards.* from ${listed(engine, p.ids)}
        cross join rewards where rewards.reward_id = listed.value->>0`.compile(db),
  })),
);

/** Some rewards by their ids: for checking. */
export const findRewards = (tx: Tx, ids: readonly string[]) =>
  tx.all(rewardsQuery[tx.engine], { ids: listOf(ids) });

const stepsQuery = both((engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<RewardStepRow>`select reward_steps.* from ${listed(engine, p.ids)}
        cross join reward_steps where reward_steps.reward_id = listed.value->>0
        order by reward_steps.reward_id, reward_steps.seq`.compile(db),
  })),
);

/** All steps of some rewards, in order: for checking. */
export const findStepsOf = (tx: Tx, ids: readonly string[]) =>
  tx.all(stepsQuery[tx.engine], { ids: listOf(ids) });

/** A movement of the journal, as it is compared. */
export interface BookedMovement {
  source_id: string;
  partner_id: string;
  currency: string;
  kind: TransferKind;
  debit: TransferAccount;
  credit: TransferAccount;
  amount_minor: number;
}

const bookedQuery = both((engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<BookedMovement>`select transfers.source_id, transfers.partner_id, transfers.currency, transfers.kind,
          transfers.debit, transfers.credit, transfers.amount_minor
        from ${listed(engine, p.ids)} cross join transfers
        where transfers.source = 'reward' and transfers.source_id = listed.value->>0`.compile(db),
  })),
);

/** What was booked under some names: for checking. */
export const findBooked = (tx: Tx, sourceIds: readonly string[]) =>
  tx.all(bookedQuery[tx.engine], { ids: listOf(sourceIds) });

const creditsQuery = both((engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<{ reward_id: string; credited: number | string | null; newest: number | string | null }>`
        select rewards.reward_id,
          sum(case when debit = 'expense' then amount_minor when credit = 'expense' then -amount_minor else 0 end)
            as credited, max(transfers.id) as newest
        from ${listed(engine, p.ids)}
        cross join rewards
        join transfers on transfers.order_key = rewards.order_key and transfers.partner_id = rewards.partner_id
        where rewards.reward_id = listed.value->>0
        group by rewards.reward_id`.compile(db),
  })),
);

/** What is left of the commissions that some rewards come out of, and the newest movement of each: for checking. */
export const findCommissions = (tx: Tx, ids: readonly string[]) =>
  tx.all(creditsQuery[tx.engine], { ids: listOf(ids) });

const codesQuery = both((engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<{ reward_id: string; offer_id: string }>`select reward_codes.reward_id, reward_codes.offer_id
        from ${listed(engine, p.ids)}
        cross join reward_codes where reward_codes.reward_id = listed.value->>0`.compile(db),
  })),
);

/** The codes that were given to some rewards, with the offers that they are of: for checking. */
export const findCodesOf = (tx: Tx, ids: readonly string[]) =>
  tx.all(codesQuery[tx.engine], { ids: listOf(ids) });
