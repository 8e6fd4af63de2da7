import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";

/** Where a page of bookings that no order explains begins: after this one, in the order of their index. */
export interface SourcedCursor {
  source: string;
  source_id: string;
  partner_id: string;
  currency: string;
  kind: string;
  debit: string;
}

/** Before the first of a source. */
export const beforeSource = (source: string): SourcedCursor => ({
  source,
  source_id: "",
  partner_id: "",
  currency: "",
  kind: "",
  debit: "",
});

const pageQuery = query<SourcedCursor & { since: Instant; limit: number }>()((db, p) =>
  db
    .selectFrom("transfers")
    .selectAll()
    .where("source", "is not", null)
    .where(
      sql<boolean>`(source, source_id, partner_id, currency, kind, debit) >
        (${p.source}, ${p.source_id}, ${p.partner_id}, ${p.currency}, ${p.kind}, ${p.debit})`,
    )
    .where("booked_at", ">=", p.since)
    .orderBy("source")
    .orderBy("source_id")
    .orderBy("partner_id")
    .orderBy("currency")
    .orderBy("kind")
    .orderBy("debit")
    .limit(p.limit as never),
);

/** A page of bookings that no order explains, by source: for checking. */
export const walkSourced = (tx: Tx, page: SourcedCursor & { since: Instant; limit: number }) =>
  tx.all(pageQuery, page);
