import { sql } from "kysely";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PayoutItemRow } from "./schema.ts";

/** What a check reads of an item. */
export type CheckedItem = Pick<PayoutItemRow, "id" | "partner_id" | "currency" | "amount_minor" | "state">;

const itemsQuery = (engine: Engine) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<CheckedItem>`select payout_items.id, partner_id, currency, amount_minor, state from ${listed(engine, p.ids)}
        cross join payout_items where payout_items.id = listed.value->>0`.compile(db),
  }));
const items = { sqlite: itemsQuery("sqlite"), postgres: itemsQuery("postgres") };

/** Items by their ids. */
export const findItems = (tx: Tx, ids: readonly string[]): Promise<CheckedItem[]> =>
  tx.all(items[tx.engine], { ids: listOf(ids) });

const lacksBooking = (kind: string) =>
  sql<boolean>`not exists (select 1 from transfers t
    where t.source = 'payout' and t.source_id = payout_items.id and t.kind = ${sql.lit(kind)})`;

const unbookedQuery = query<{ since: Instant }>()((db, p) =>
  db
    .selectFrom("payout_items")
    .select(["id", "state"])
    .where(({ or, and, eb }) =>
      or([
        and([
          eb("settled_at", ">=", p.since),
          eb("state", "in", ["confirmed", "returned"]),
          lacksBooking("payout"),
        ]),
        and([eb("returned_at", ">=", p.since), lacksBooking("payout_return")]),
      ]),
    )
    .limit(sql.lit(20)),
);

/** Items that were paid, or came back, since an instant, and were not booked so. */
export const findUnbookedItems = (tx: Tx, since: Instant) => tx.all(unbookedQuery, { since });
