import { sql } from "kysely";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { NewAdjustmentRow } from "./adjustments.ts";

const byIdsQuery = (engine: Engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<NewAdjustmentRow>`select adjustments.* from ${listed(engine, p.ids)}
        cross join adjustments where adjustment_id = listed.value->>0`.compile(db),
  }));
const byIds = { sqlite: byIdsQuery("sqlite"), postgres: byIdsQuery("postgres") };

/** The adjustments of some ids: for checking. */
export const findAdjustments = (tx: Tx, ids: readonly string[]) =>
  tx.all(byIds[tx.engine], { ids: listOf(ids) });

const unbookedQuery = query<{ since: Instant }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .leftJoin("transfers", (join) =>
      join
        .on("transfers.source", "=", sql.lit("adjustment") as never)
        .onRef("transfers.source_id", "=", "adjustments.adjustment_id"),
    )
    .select("adjustments.adjustment_id")
    .where("adjustments.status", "=", "booked")
    .where("adjustments.entered_at", ">=", p.since)
    .where("transfers.id", "is", null)
    .limit(20),
);

/** Adjustments that are booked by their rows and stand nowhere in the journal: there should be none. */
export const findUnbooked = (tx: Tx, since: Instant) => tx.all(unbookedQuery, { since });
