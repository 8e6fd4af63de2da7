import { requirePartner, requireTradingPartner } from "../channel/active-partner.ts";
import { requireProduct } from "../config/sold-product.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { maxCouponLength, normalizeCoupon } from "../words/coupon-code.ts";
import { as, type PartnerId, type ProductId } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { productsOf, productsText } from "./products.ts";
import { findNewestCoupon, insertCoupon, listCouponRows, markCouponEnded } from "./rows/coupons.ts";
import type { CouponRow } from "./rows/schema.ts";

/** A coupon as the command line and the admin API show it. Times are ISO 8601 in UTC. */
export interface Coupon {
  code: string;
  partner: PartnerId;
  /** What it counts for; null for every product. */
  products: ProductId[] | null;
  validFrom: string;
  /** The last instant at which it counts; null when it has no end. */
  validUntil: string | null;
  createdAt: string;
  endedAt: string | null;
  status: "active" | "not_yet_valid" | "expired" | "ended";
}

/** What is needed to give a code to a partner: for every product, from now on and without an end by default. */
export interface NewCoupon {
  code: string;
  partner: string;
  products?: readonly string[] | undefined;
  validFrom?: Instant | undefined;
  validUntil?: Instant | undefined;
}

/**
 * Gives a code to a partner: who uses it at the checkout is the partner's customer. The shop's discount behind the
 * code is the shop's own matter.
 *
 * @throws Refusal `request_invalid`, `partner_unknown`, `partner_ended`, `product_unknown`, `coupon_exists`
 */
export async function addCoupon(deps: Deps, coupon: NewCoupon): Promise<Coupon> {
  const now = deps.clock();
  const row: CouponRow = {
    code: readCode(coupon.code),
    partner_id: as.partner(coupon.partner),
    products: productsText(readProducts(deps, coupon.products ?? [])),
    // Shops tell the time of a sale in whole seconds.
    valid_from: coupon.validFrom ?? instant(Math.floor(now / 1000) * 1000),
    valid_until: coupon.validUntil ?? null,
    created_at: now,
    ended_at: null,
  };
  if (row.valid_until !== null && row.valid_until < row.valid_from)
    throw new Refusal("request_invalid", "A coupon cannot end before it begins.");
  nameSubject(row.code);
  await deps.store.write(async (tx) => {
    await requireTradingPartner(tx, row.partner_id);
    if (!(await insertCoupon(tx, row))) {
      const known = await findNewestCoupon(tx, row.code);
      throw new Refusal(
        "coupon_exists",
        `The code ${row.code} is ${known?.partner_id ?? "a partner"}'s already. End that coupon before the code is given anew.`,
      );
    }
  });
  return couponOf(row, now);
}

/**
 * Ends a coupon: purchases from now on count for nobody by it. One that has ended already stays as it is.
 *
 * @throws Refusal `coupon_unknown`
 */
export async function endCoupon(deps: Deps, code: string): Promise<Coupon> {
  const now = deps.clock();
  const normal = normalizeCoupon(code);
  const row = await deps.store.write(async (tx) => {
    await markCouponEnded(tx, { code: normal, ended_at: now });
    const found = await findNewestCoupon(tx, normal);
    if (found === undefined) throw new Refusal("coupon_unknown", `There is no coupon ${normal}.`);
    return found;
  });
  return couponOf(row, now);
}

/** What to list: 100 coupons by default, 1,000 at the most. */
export interface CouponFilter {
  partner?: string;
  limit?: number;
  after?: string;
}

/** A page of coupons by code; `next` is the `after` of the page behind it. */
export interface CouponPage {
  coupons: Coupon[];
  next: string | null;
}

/**
 * Coupons by code, those that have ended too.
 *
 * @throws Refusal `partner_unknown`; `request_invalid` when `after` is not a `next` that was answered before
 */
export async function listCoupons(
  deps: Pick<Deps, "store" | "clock">,
  filter: CouponFilter = {},
): Promise<CouponPage> {
  const limit = rowsOfPage(filter.limit);
  const partner = filter.partner === undefined ? undefined : as.partner(filter.partner);
  const page = { ...readCursor(filter.after), limit: limit + 1 };
  const rows = await deps.store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    return listCouponRows(tx, page, partner);
  });
  const { shown, next } = cutPage(rows, limit, ({ created_at, code }) => `${created_at}.${code}`);
  const now = deps.clock();
  return { coupons: shown.map((row) => couponOf(row, now)), next };
}

function readCursor(after: string | undefined): { code: string; created_at: Instant } {
  if (after === undefined) return { code: "", created_at: instant(0) };
  const [, time, code] = /^(\d{1,15})\.(.+)$/.exec(after) ?? [];
  if (time === undefined || code === undefined) return refuseCursor();
  return { code, created_at: instant(Number(time)) };
}

function readCode(text: string): string {
  const code = text.isWellFormed() ? normalizeCoupon(text) : "";
  if (code === "" || code.length > maxCouponLength || /\p{Cc}/u.test(code)) {
    throw new Refusal(
      "request_invalid",
      `A coupon's code has 1 to ${maxCouponLength} characters on one line.`,
    );
  }
  return code;
}

const readProducts = ({ config }: Deps, products: readonly string[]): ProductId[] =>
  products.map((product) => requireProduct(config, product).id);

const couponOf = (row: CouponRow, now: Instant): Coupon => ({
  code: row.code,
  partner: row.partner_id,
  products: productsOf(row),
  validFrom: isoTime(row.valid_from),
  validUntil: row.valid_until === null ? null : isoTime(row.valid_until),
  createdAt: isoTime(row.created_at),
  endedAt: row.ended_at === null ? null : isoTime(row.ended_at),
  status: statusOf(row, now),
});

function statusOf(row: CouponRow, now: Instant): Coupon["status"] {
  if (row.ended_at !== null && row.ended_at <= now) return "ended";
  if (now < row.valid_from) return "not_yet_valid";
  return row.valid_until !== null && now > row.valid_until ? "expired" : "active";
}
