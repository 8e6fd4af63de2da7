import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { PartnerPositionRow, PartnerRow } from "./schema.ts";

const insertQuery = query<Omit<PartnerPositionRow, "position_no">>()((db, p) =>
  db.insertInto("partner_positions").values({
    partner_id: p.partner_id,
    parent_id: p.parent_id,
    since: p.since,
    recorded_at: p.recorded_at,
  }),
);

/** Appends where a partner stands. */
export const insertPosition = (tx: Tx, row: Omit<PartnerPositionRow, "position_no">) =>
  tx.run(insertQuery, row);

const allQuery = query<Record<string, never>>()((db) =>
  db
    .selectFrom("partner_positions")
    .select(["partner_id as partner", "parent_id as parent", "since", "recorded_at as recordedAt"])
    .orderBy("since")
    .orderBy("position_no"),
);

/** All positions ever recorded, in the order in which they came to hold. */
export const listPositions = (tx: Tx) => tx.all(allQuery, {});

/** A partner in a chain, as `findChain` reads it. */
export type ChainRow = Pick<PartnerRow, "id" | "name" | "kind" | "status" | "created_at" | "ended_at">;

const chainQuery = query<{ partner: PartnerId; at: Instant }>()((db, { partner, at }) => ({
  compile: () =>
    sql<ChainRow>`with recursive chain (partner_id, level) as (
        select id, 0 from partners where id = ${partner}
        union all
        select (select parent_id from partner_positions
            where partner_positions.partner_id = chain.partner_id and since <= ${at}
            order by since desc, position_no desc limit 1), level + 1
          from chain where chain.partner_id is not null and level < 4
      )
      select id, name, kind, status, created_at, ended_at
        from chain join partners on partners.id = chain.partner_id order by level`.compile(db),
}));

/** A partner and those above it at a moment, from the lowest to the highest: five at the most, as tiers are. */
export const findChain = (tx: Tx, about: { partner: PartnerId; at: Instant }) => tx.all(chainQuery, about);
