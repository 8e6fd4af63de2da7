import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What is payable, or owed, of a partner that was merged into another. */
export interface MergedBalance {
  partner_id: PartnerId;
  payable_minor: number | string;
}

// `union`, so that it ends whatever the rows say.
const owedQuery = query<{ partner_id: PartnerId; currency: Currency }>()((db, p) => ({
  compile: () =>
    sql<MergedBalance>`with recursive merged (id) as (
        select id from partners where merged_into = ${p.partner_id}
        union
        select partners.id from partners join merged on partners.merged_into = merged.id
      )
      select balances.partner_id, sum(payable_minor) as payable_minor
      from merged join balances on balances.partner_id = merged.id
      where balances.currency = ${p.currency}
      group by balances.partner_id having sum(payable_minor) < 0
      order by balances.partner_id`.compile(db),
}));

/** The partners that were merged into one, straight or by way of others, and owe in a currency. */
export const findMergedDebts = (tx: Tx, about: { partner_id: PartnerId; currency: Currency }) =>
  tx.all(owedQuery, about);
