import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { PartnerHistoryRow } from "./schema.ts";

const insertQuery = query<Omit<PartnerHistoryRow, "change_no">>()((db, p) =>
  db.insertInto("partner_history").values({
    partner_id: p.partner_id,
    change: p.change,
    changed: p.changed,
    recorded_at: p.recorded_at,
  }),
);

/** Appends a change to a partner's history. */
export const insertPartnerChange = (tx: Tx, row: Omit<PartnerHistoryRow, "change_no">) =>
  tx.run(insertQuery, row);

const historyQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("partner_history")
    .select(["change", "changed", "recorded_at"])
    .where("partner_id", "=", p.partner_id)
    .orderBy("change_no"),
);

/** All changes of a partner, the oldest first. */
export const listPartnerChanges = (tx: Tx, partner: PartnerId) =>
  tx.all(historyQuery, { partner_id: partner });
