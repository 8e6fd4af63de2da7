import { sql } from "kysely";
import type { PartnerHistoryRow, PartnerRow } from "../../channel/rows/schema.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { PartnerId } from "../../words/ids.ts";

/** Where a partner stands by its row, with a change of that which was written down; null where there was none. */
export interface StandingRow extends Pick<PartnerRow, "id" | "status" | "suspended_at" | "merged_into"> {
  change: PartnerHistoryRow["change"] | null;
  changed: string | null;
}

const standingQuery = query<{ after: PartnerId; limit: number }>()((db, p) => ({
  compile: () =>
    sql<StandingRow>`select page.id, page.status, page.suspended_at, page.merged_into, changes.change, changes.changed
      from (select * from partners where id > ${p.after} order by id limit ${p.limit}) as page
        left join partner_history as changes on changes.partner_id = page.id
          and (changes.change <> 'edited' or changes.changed like '%"suspendedAt"%')
      order by page.id, changes.change_no`.compile(db),
}));

/** A page of partners by id, each with the changes of its standing, oldest first. */
export const walkStanding = (tx: Tx, page: { after: PartnerId; limit: number }) =>
  tx.all(standingQuery, page);
