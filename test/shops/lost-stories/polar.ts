import { polarEvent, polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { dataOf, iso, type LostStory } from "./story.ts";

const polarSold = (reference: string) => ({
  id: "o_1",
  metadata: { reference_id: reference },
  subscription: "s_1",
  billingReason: "subscription_create",
});
const polarRe = (begun: number, day: number, refund: object): Json => {
  const event = polarRefundUpdated({ id: "r_1", order: "o_1", at: iso(day), ...refund });
  return { ...event, data: { ...dataOf(event), created_at: iso(begun), modified_at: iso(day) } };
};
const part = { id: "r_2", amountMinor: 1000, taxMinor: 190 };
const lasting = (reference: string, day: number, refundedMinor: number) =>
  polarEvent("order.updated", {
    ...polarSold(reference),
    ...{ at: iso(day), refundedMinor, refundedTaxMinor: refundedMinor * 0.19 },
    more: { status: refundedMinor > 0 ? "partially_refunded" : "paid", modified_at: iso(day) },
  });
const polarFurther = polarOrderPaid({
  ...{ id: "o_2", subscription: "s_1", billingReason: "subscription_cycle", at: iso(350) },
  more: { checkout_id: null, created_at: iso(350) },
});
const polar = (
  name: string,
  tells: LostStory["tells"],
  last: { orders: (reference: string) => Json[]; refunds: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "polar", host: "https://api.polar.sh", settings: { api: { token: "polar_1" } } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => {
      const items = (path.startsWith("/v1/orders/") ? last.orders(reference) : last.refunds).map(dataOf);
      return { body: { items, pagination: { total_count: items.length, max_page: 1 } } };
    },
});

/** Stories of Polar whose webhooks may be lost. */
export const polarStories: LostStory[] = [
  polar(
    "a refund that fails and another one, told by the order and by themselves",
    (reference) => [
      polarOrderPaid(polarSold(reference)),
      polarRe(2, 2, { amountMinor: 5000, taxMinor: 950 }),
      polarOrderRefunded({
        ...polarSold(reference),
        at: iso(2.1),
        refundedMinor: 5000,
        refundedTaxMinor: 950,
      }),
      polarRe(2, 9, { status: "failed", amountMinor: 5000, taxMinor: 950 }),
      polarRe(12, 12, part),
      polarFurther,
    ],
    {
      orders: (reference) => [lasting(reference, 12, 1000), polarFurther],
      refunds: [polarRe(2, 9, { status: "failed", amountMinor: 5000, taxMinor: 950 }), polarRe(12, 12, part)],
    },
    { o_1: 900, o_2: 1000 },
  ),
  polar(
    "a refund that is cancelled, by the order's own totals alone",
    (reference) => [
      polarOrderPaid(polarSold(reference)),
      lasting(reference, 2, 5000),
      lasting(reference, 9, 0),
      polarFurther,
    ],
    {
      orders: (reference) => [lasting(reference, 9, 0), polarFurther],
      refunds: [polarRe(2, 9, { status: "canceled", amountMinor: 5000, taxMinor: 950 })],
    },
    { o_1: 1000, o_2: 1000 },
  ),
];
