import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What a close booked of a partner's term; `sum` is text on one engine. */
export interface BookedTerm {
  closed_in: string;
  term: string;
  change_minor: number | string;
  closed_at: Instant;
}

const gainedQuery = query<{ partner_id: PartnerId; currency: Currency; since: Instant }>()((db, p) => ({
  compile: () =>
    sql<BookedTerm>`select closed_in, term, sum(change_minor) as change_minor, max(closed_at) as closed_at
      from period_terms
      where partner_id = ${p.partner_id} and currency = ${p.currency} and closed_at > ${p.since}
      group by closed_in, term having sum(change_minor) > 0
      order by closed_in, term`.compile(db),
}));

/** What closes after a moment gave a partner, a row a transfer; what they took back is not among it. */
export const listTermsGained = (
  tx: Tx,
  about: { partner_id: PartnerId; currency: Currency; since: Instant },
) => tx.all(gainedQuery, about);
