import type { CouponUse, EvidenceRoute } from "../attribution/evidence.ts";
import { type EvidenceSource, type FoundPiece, standingOf } from "../orders/decide/evidence-source.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { Instant } from "../words/clock.ts";
import { couponsIn, normalizeCoupon } from "../words/coupon-code.ts";
import type { ProductId } from "../words/ids.ts";
import { productsOf } from "./products.ts";
import { type FoundCoupon, findCoupons } from "./rows/coupons.ts";

/** The partners whose codes were used at this purchase and at earlier ones of the same copy. Other codes mean nothing. */
export const findCouponEvidence: EvidenceSource = async (tx, { order, product, earlier }) => {
  const purchases: Purchase[] = earlier.map((before) => ({
    order: before.order,
    route: before.route,
    product: before.order.product,
    seenAt: before.knownAt,
    lost: before.lost,
  }));
  // What is used at the purchase itself is known at it, whatever the shop's clock says.
  purchases.push({ order, route: "order_field", product, seenAt: order.received_at, lost: 0 });
  const found: FoundPiece[] = [];
  for (const purchase of purchases)
    for (const code of new Set(couponsIn(purchase.order.coupon).map(normalizeCoupon)))
      for (const coupon of await findCoupons(tx, code)) found.push(pieceOf(coupon, purchase));
  return found;
};

/** A purchase that codes were used for. */
interface Purchase {
  order: OrderRow;
  route: EvidenceRoute;
  product: ProductId | null;
  seenAt: Instant;
  /** How much of what was paid has gone back, from 0 to 1. */
  lost: number;
}

const pieceOf = (coupon: FoundCoupon, { order, route, product, seenAt, lost }: Purchase): FoundPiece => ({
  evidence: {
    kind: "coupon",
    route,
    partner: coupon.partner_id,
    seenAt,
    boughtAt: order.occurred_at,
    windowFrom: order.occurred_at,
    coupon: useOf(coupon, order, product),
    ...(lost > 0 ? { purchaseLost: lost } : {}),
    ...standingOf(coupon),
  },
  rateBp: coupon.partner_rate_bp,
});

function useOf(coupon: FoundCoupon, order: OrderRow, bought: ProductId | null): CouponUse {
  const products = productsOf(coupon);
  return {
    code: coupon.code,
    usedAt: order.occurred_at,
    heardAt: order.received_at,
    addedAt: coupon.created_at,
    validFrom: coupon.valid_from,
    ...(bought === null ? {} : { boughtProduct: bought }),
    ...(products === null ? {} : { products }),
    ...(coupon.valid_until === null ? {} : { validUntil: coupon.valid_until }),
    ...(coupon.ended_at === null ? {} : { endedAt: coupon.ended_at }),
  };
}
