import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PeriodTermRow } from "./schema.ts";

type TermOfClose = Pick<PeriodTermRow, "closed_in" | "partner_id" | "term" | "currency">;

const sumQuery = query<TermOfClose>()((db, p) =>
  db
    .selectFrom("period_terms")
    .select(sql<number | string | null>`sum(change_minor)`.as("change_minor"))
    .where("closed_in", "=", p.closed_in)
    .where("partner_id", "=", p.partner_id)
    .where("term", "=", p.term)
    .where("currency", "=", p.currency),
);

/** What a close found of a partner's term, over all periods it is about; `sum` is text on one engine. */
export const sumTermOfClose = (tx: Tx, about: TermOfClose) => tx.one(sumQuery, about);

const unbookedQuery = query<{ since: Instant }>()((db, p) => ({
  compile: () =>
    sql<TermOfClose>`select closed_in, partner_id, term, currency from period_terms
      where closed_at >= ${p.since}
      group by closed_in, partner_id, term, currency
      having sum(change_minor) <> 0 and not exists (
        select 1 from transfers where source = 'period'
          and source_id = closed_in || ' ' || term
          and transfers.partner_id = period_terms.partner_id and transfers.currency = period_terms.currency)
      order by closed_in, partner_id limit 100`.compile(db),
}));

/** What closes found since a moment and the journal lacks, 100 at the most: there should be none. */
export const walkUnbookedTerms = (tx: Tx, since: Instant) => tx.all(unbookedQuery, { since });
