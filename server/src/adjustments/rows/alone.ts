import { sql } from "kysely";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

interface About {
  partner_id: PartnerId;
  currency: Currency;
  since: Instant;
}

const sumsQuery = (engine: Engine) =>
  query<About & { actors: string }>()((db, p) => ({
    compile: () =>
      sql<{ more_minor: number | string | null; less_minor: number | string | null }>`select
        sum(case when amount_minor > 0 then amount_minor end) as more_minor,
        sum(case when amount_minor < 0 then amount_minor end) as less_minor
        from adjustments
        where partner_id = ${p.partner_id} and currency = ${p.currency} and entered_at >= ${p.since}
          and status = 'booked' and decided_by is null
          and entered_by in (select listed.value->>0 from ${listed(engine, p.actors)})
          and not exists (select 1 from adjustments later
            where later.reverses = adjustments.adjustment_id and later.status = 'booked'
              and later.decided_by is null
              and later.entered_by in (select listed.value->>0 from ${listed(engine, p.actors)}))
          and not exists (select 1 from adjustments earlier
            where earlier.adjustment_id = adjustments.reverses and earlier.decided_by is null
              and earlier.entered_by in (select listed.value->>0 from ${listed(engine, p.actors)}))`.compile(
        db,
      ),
  }));
const sums = { sqlite: sumsQuery("sqlite"), postgres: sumsQuery("postgres") };

/** What one person booked for a partner with nobody's approval, in minor units, each direction by itself. */
export interface BookedAlone {
  /** In the partner's favour; 0 or more. */
  moreMinor: number;
  /** In the vendor's; 0 or less. */
  lessMinor: number;
}

/**
 * What actors booked for a partner since a moment, without a second person. What one of them took back itself, alone,
 * counts in neither direction.
 */
export async function sumBookedAlone(
  tx: Tx,
  { actors, ...about }: About & { actors: readonly string[] },
): Promise<BookedAlone> {
  const found = await tx.one(sums[tx.engine], { ...about, actors: listOf(actors) });
  return { moreMinor: Number(found?.more_minor ?? 0), lessMinor: Number(found?.less_minor ?? 0) };
}
