import { type RawBuilder, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, PartnerId, ProductId } from "../../words/ids.ts";
import type { ClaimDayRow, LicenceCheckRow } from "./schema.ts";

const countClaimQuery = query<ClaimDayRow>()((db, p) =>
  db
    .insertInto("claim_days")
    .values({ partner_id: p.partner_id, day: p.day, claims: p.claims, unsold: p.unsold })
    .onConflict((conflict) =>
      conflict.columns(["partner_id", "day"]).doUpdateSet({
        claims: sql<number>`claim_days.claims + ${p.claims}`,
        unsold: sql<number>`claim_days.unsold + ${p.unsold}`,
      }),
    ),
);

/** Adds claims to a partner's day. */
export const countClaims = (tx: Tx, day: ClaimDayRow) => tx.run(countClaimQuery, day);

interface DayQuestion {
  partner_id: PartnerId;
  day: number;
  /** The first day of the history that the day is compared with. */
  since: number;
}

const sumWhere = (column: RawBuilder<unknown>, where: RawBuilder<unknown>) =>
  sql<number>`coalesce(sum(case when ${where} then ${column} else 0 end), 0)`;

const claimDayQuery = query<DayQuestion>()((db, p) => {
  const today = sql`day = ${p.day}`;
  const before = sql`day < ${p.day}`;
  return db
    .selectFrom("claim_days")
    .select([
      sumWhere(sql`claims`, today).as("claims"),
      sumWhere(sql`unsold`, today).as("unsold"),
      sumWhere(sql`claims`, before).as("claims_before"),
      sumWhere(sql`unsold`, before).as("unsold_before"),
      sumWhere(sql`1`, before).as("days_before"),
    ])
    .where("partner_id", "=", p.partner_id)
    .where("day", ">=", p.since)
    .where("day", "<=", p.day);
});

/** A partner's claims on a day and in the time before it. */
export const findClaimDay = (tx: Tx, about: DayQuestion) => tx.one(claimDayQuery, about);

const putCheckQuery = query<LicenceCheckRow>()((db, p) =>
  db
    .insertInto("licence_checks")
    .values({
      licence_hash: p.licence_hash,
      product: p.product,
      known: p.known,
      sold_at: p.sold_at,
      checked_at: p.checked_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["licence_hash", "product"])
        .doUpdateSet({ known: p.known, sold_at: p.sold_at, checked_at: p.checked_at }),
    ),
);

/** Keeps what the vendor's licence system said; the newest word stands. */
export const putLicenceCheck = (tx: Tx, row: LicenceCheckRow) => tx.run(putCheckQuery, row);

const checkQuery = query<{ licence_hash: LicenceHash; product: ProductId }>()((db, p) =>
  db
    .selectFrom("licence_checks")
    .selectAll()
    .where("licence_hash", "=", p.licence_hash)
    .where("product", "=", p.product),
);

/** What the vendor's licence system said of a licence of one product. */
export const findLicenceCheck = (tx: Tx, licence: LicenceHash, product: ProductId) =>
  tx.one(checkQuery, { licence_hash: licence, product });
