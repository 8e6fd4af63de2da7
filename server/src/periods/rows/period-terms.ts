import { sql } from "kysely";
import { ofPartner } from "../../orders/rows/partner-keys.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { ClosedPeriodRow, PeriodTermRow } from "./schema.ts";

const closedQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("closed_periods").selectAll().orderBy("period"),
);

/** All periods that were closed: a few a year. */
export const listClosedPeriods = (tx: Tx) => tx.all(closedQuery, {});

const closeQuery = query<ClosedPeriodRow>()((db, p) =>
  db
    .insertInto("closed_periods")
    .values({ period: p.period, closed_at: p.closed_at })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes that a period is closed; false when it was already. */
export const insertClosedPeriod = async (tx: Tx, row: ClosedPeriodRow): Promise<boolean> =>
  (await tx.run(closeQuery, row)) === 1;

const termColumns = columnsOf<PeriodTermRow>({
  closed_in: true,
  partner_id: true,
  term: true,
  currency: true,
  period: true,
  plan_id: true,
  version: true,
  counted: true,
  amount_minor: true,
  change_minor: true,
  why: true,
  closed_at: true,
});

const insertQuery = query<PeriodTermRow>()((db, p) =>
  db.insertInto("period_terms").values(valuesOf(termColumns, p)),
);

/** Appends what a close found of a term. */
export const insertPeriodTerm = (tx: Tx, row: PeriodTermRow) => tx.run(insertQuery, row);

const ofPartnerQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("period_terms")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .orderBy("period")
    .orderBy("closed_at"),
);

/** What closes found of a partner's terms. */
export const listTermsOfPartner = (tx: Tx, partner: PartnerId) =>
  tx.all(ofPartnerQuery, { partner_id: partner });

const ofCloseQuery = query<{ closed_in: string }>()((db, p) =>
  db
    .selectFrom("period_terms")
    .selectAll()
    .where("closed_in", "=", p.closed_in)
    .orderBy("partner_id")
    .orderBy("term")
    .orderBy("currency")
    .orderBy("period"),
);

/** What one close found, by partner. */
export const listTermsOfClose = (tx: Tx, period: string) => tx.all(ofCloseQuery, { closed_in: period });

const sumsQuery = query<Record<string, never>>()((db) =>
  db
    .selectFrom("period_terms")
    .select(["closed_in", "currency", sql<number | string>`sum(change_minor)`.as("change_minor")])
    .groupBy(["closed_in", "currency"])
    .orderBy("closed_in")
    .orderBy("currency"),
);

/** What each close booked, by currency; `sum` is text on one engine. */
export const sumTermsOfCloses = (tx: Tx) => tx.all(sumsQuery, {});

/** The sales of a seller in a time, of which a partner is paid. */
export interface EarnedSpan {
  seller: PartnerId;
  partner: PartnerId;
  from: Instant;
  until: Instant;
}

const earnedQuery = query<EarnedSpan>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .innerJoin("transfers", (join) =>
      join
        .onRef("transfers.order_key", "=", "orders.order_key")
        .on("transfers.partner_id", "=", p.partner as never),
    )
    .select([
      "transfers.currency",
      sql<
        number | string
      >`sum(case when debit = 'expense' then amount_minor when credit = 'expense' then -amount_minor else 0 end)`.as(
        "earned_minor",
      ),
    ])
    .where(
      ofPartner(engine, sql`${p.seller}`, {
        within: ({ occurred_at }) => sql`${occurred_at} >= ${p.from} and ${occurred_at} < ${p.until}`,
      }),
    )
    .groupBy("transfers.currency"),
);

/** What a partner has earned of a seller's sales of a time, by currency; `sum` is text on one engine. */
export const sumEarned = (tx: Tx, span: EarnedSpan) => tx.all(earnedQuery, span);
