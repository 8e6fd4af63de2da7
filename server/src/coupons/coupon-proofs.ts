import { type Proof, type RestingOrder, traceOf } from "../orders/verify/proof.ts";
import { couponsIn, normalizeCoupon } from "../words/coupon-code.ts";
import { findUnknownCodes } from "./rows/proven-coupons.ts";

/** A code that won an order has to be the partner's, and to stand in the order where it was used for this one. */
export const couponProofs: readonly Proof[] = [
  {
    what: "code",
    concerns: ({ winner }) => winner.kind === "coupon",
    async findUnproven(tx, resting) {
      const unused = resting.filter((one) => one.winner.route === "order_field" && !isUsed(one));
      const unknown = await findUnknownCodes(
        tx,
        resting.map((one) => [...traceOf(one), one.winner.coupon?.code, one.winner.coupon?.addedAt]),
      );
      return [...unused.map(({ order: { order_key } }) => ({ order_key })), ...unknown];
    },
  },
];

const isUsed = ({ order, winner }: RestingOrder): boolean =>
  couponsIn(order.coupon).some((code) => normalizeCoupon(code) === winner.coupon?.code);
