import { sql } from "kysely";
import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { CouponRow } from "./schema.ts";

const couponColumns = columnsOf<CouponRow>({
  code: true,
  partner_id: true,
  products: true,
  valid_from: true,
  valid_until: true,
  created_at: true,
  ended_at: true,
});

const insertCouponQuery = query<CouponRow>()((db, p) =>
  db
    .insertInto("coupons")
    .values(valuesOf(couponColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Gives a code to a partner; returns false when it is some partner's already. */
export const insertCoupon = async (tx: Tx, coupon: CouponRow): Promise<boolean> =>
  (await tx.run(insertCouponQuery, coupon)) === 1;

/** A code is given anew when its coupon has ended: the newest it can have meant for any order that is decided. */
const mostOfOneCode = sql.lit(50);

const couponsQuery = query<{ code: string }>()((db, p) =>
  db
    .selectFrom("coupons")
    .innerJoin("partners", "partners.id", "coupons.partner_id")
    .select([
      "coupons.code",
      "coupons.partner_id",
      "coupons.products",
      "coupons.valid_from",
      "coupons.valid_until",
      "coupons.created_at",
      "coupons.ended_at",
      ...partnerStandingColumns,
    ])
    .where("coupons.code", "=", p.code)
    .orderBy("coupons.created_at", "desc")
    .limit(mostOfOneCode),
);

/** All coupons a code has been, newest first, with the standing of the partner each belongs to. */
export const findCoupons = (tx: Tx, code: string) => tx.all(couponsQuery, { code });

/** A coupon as evidence: with the standing of its partner. */
export type FoundCoupon = Awaited<ReturnType<typeof findCoupons>>[number];

const newestCouponQuery = query<{ code: string }>()((db, p) =>
  db
    .selectFrom("coupons")
    .selectAll()
    .where("code", "=", p.code)
    .orderBy("created_at", "desc")
    .limit(sql.lit(1)),
);

/** The coupon a code is, or was last. */
export const findNewestCoupon = (tx: Tx, code: string) => tx.one(newestCouponQuery, { code });

const endCouponQuery = query<{ code: string; ended_at: Instant }>()((db, p) =>
  db
    .updateTable("coupons")
    .set({ ended_at: p.ended_at })
    .where("code", "=", p.code)
    .where("ended_at", "is", null),
);

/** Ends the coupon a code is; one that has ended already keeps its time. */
export const markCouponEnded = (tx: Tx, end: { code: string; ended_at: Instant }) =>
  tx.run(endCouponQuery, end);

interface CouponPage {
  /** Coupons behind this one, in the order of code and time. */
  code: string;
  created_at: Instant;
  limit: number;
}

const listQuery = query<CouponPage>()((db, p) =>
  db
    .selectFrom("coupons")
    .selectAll()
    .where(sql<boolean>`(code, created_at) > (${p.code}, ${p.created_at})`)
    .orderBy("code")
    .orderBy("created_at")
    .limit(p.limit as never),
);

const listOfPartnerQuery = query<CouponPage & { partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("coupons")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where(sql<boolean>`(code, created_at) > (${p.code}, ${p.created_at})`)
    .orderBy("code")
    .orderBy("created_at")
    .limit(p.limit as never),
);

/** A page of coupons by code, of all partners or of one. */
export const listCouponRows = (
  tx: Tx,
  page: CouponPage,
  partner: PartnerId | undefined,
): Promise<CouponRow[]> =>
  partner === undefined
    ? tx.all(listQuery, page)
    : tx.all(listOfPartnerQuery, { ...page, partner_id: partner });
