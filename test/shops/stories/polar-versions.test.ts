import { polarEvent, polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";
import { playStories } from "./story.ts";

const at = (day: number) => new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString();
const id = "order-1";
const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
const paid = (ref: string, day = 0, more: object = {}) =>
  polarOrderPaid({ at: at(day), id, metadata: { reference_id: ref }, ...more });
const item = (amount: number, tax: number, more: object = {}) => ({
  id: `item-${amount}`,
  label: "Acme Paint",
  amount,
  tax_amount: tax,
  proration: false,
  product_price_id: `price-${amount}`,
  ...more,
});
/** A further order of the subscription. */
const cycle = (name: string, day: number, billingReason: string, more: object = {}) =>
  polarOrderPaid({
    at: at(day),
    id: name,
    subscription: "sub-1",
    billingReason,
    ...more,
    more: { checkout_id: null, created_at: at(day), ...(more as { more?: object }).more },
  });

playStories("polar", [
  {
    name: "seats of one product with the term of each item, one seat's money given back",
    tells: (ref) => [
      paid(ref, 0, {
        more: {
          seats: 5,
          items: [item(10_000, 1900, { start_timestamp: at(0), end_timestamp: at(365) })],
        },
      }),
      polarOrderRefunded({ at: at(3), id, refundedMinor: 2000, refundedTaxMinor: 380, metadata: {} }),
    ],
    ends: order(800, {
      lines: [{ quantity: 5, period: "P1Y", netMinor: 10_000, articles: [product(), "price-10000"] }],
    }),
  },
  {
    name: "units of a meter: a cycle by what was used, and another for nothing",
    tells: (ref) => [
      paid(ref, 0, { subscription: "sub-1", billingReason: "subscription_create" }),
      cycle("order-2", 30, "subscription_meter_cycle", { netMinor: 700, taxMinor: 133, more: { units: 7 } }),
      cycle("order-3", 60, "subscription_meter_cycle", { netMinor: 0, taxMinor: 0, more: { items: [] } }),
    ],
    ends: [
      ...order(1000),
      { order: "order-2", earnedMinor: 70, cycle: "renewal", lines: [{ quantity: 7, kind: "renewal" }] },
      { order: "order-3", earnedMinor: 0, cycle: "renewal", outcome: "credited", netMinor: 0 },
    ],
  },
  {
    name: "an order of the first versions, which tell an amount and no net, refunded by its total",
    tells: (ref) => {
      const old = { subtotal_amount: undefined, discount_amount: undefined, net_amount: undefined };
      const more = { ...old, amount: 10_000, items: undefined, checkout_id: null };
      return [
        paid(ref, 0, { more }),
        polarOrderRefunded({ at: at(3), id, refundedMinor: 5000, refundedTaxMinor: 950, more }),
      ];
    },
    ends: order(500, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "an order without a product and without a customer, whose licence is a number",
    tells: (ref) => [
      paid(ref, 0, {
        metadata: { reference_id: ref, licence: 4711, wanted: true, seats: 2.5 },
        more: { product: null, product_id: null, customer: null, billing_address: null, discount: null },
      }),
      polarOrderPaid({
        at: at(365),
        id: "order-2",
        metadata: { licence: "4711" },
        more: { checkout_id: "checkout-2", created_at: at(365) },
      }),
    ],
    ends: [
      ...order(1000, { lines: [{ articles: ["price_1"], quantity: 1 }] }),
      { order: "order-2", earnedMinor: 1000 },
    ],
  },
  {
    name: "a plan raised twice in mid-term with parts that give back, then a term, months in their days",
    tells: (ref) => [
      paid(ref, 0, { subscription: "sub-1", billingReason: "subscription_create" }),
      cycle("order-2", 60, "subscription_update", {
        netMinor: 3000,
        taxMinor: 570,
        more: {
          items: [
            item(8000, 1520, { proration: true, start_timestamp: at(60), end_timestamp: at(365) }),
            item(-5000, -950, { proration: true }),
          ],
        },
      }),
      cycle("order-3", 73, "subscription_cycle", {
        more: { items: [item(10_000, 1900, { start_timestamp: at(73), end_timestamp: at(101) })] },
      }),
    ],
    ends: [
      ...order(1000),
      {
        order: "order-2",
        earnedMinor: 300,
        cycle: "renewal",
        lines: [
          { kind: "upgrade", netMinor: 8000, period: null },
          { kind: "upgrade", netMinor: -5000, taxMinor: -950 },
        ],
      },
      { order: "order-3", earnedMinor: 1000, lines: [{ kind: "renewal", period: "P1M" }] },
    ],
  },
  {
    name: "refunds for a dispute, which is lost, told once under way and once done, and a total in between",
    tells: (ref) => {
      const refund = (day: number, status: string) => {
        const told = polarRefundUpdated({ id: "re-1", order: id, status, at: at(day) });
        const dispute = { id: "dp-1", status: "lost", amount: 10_000, tax_amount: 1900, order_id: id };
        return { ...told, data: { ...(told.data as object), reason: "other", dispute, created_at: at(5) } };
      };
      return [
        paid(ref),
        refund(5, "pending"),
        refund(6, "succeeded"),
        polarOrderRefunded({ at: at(6.1), id }),
      ];
    },
    ends: order(0),
  },
  {
    name: "told as a draft and void before it is paid, by events that nobody is subscribed to",
    tells: (ref) => [
      polarEvent("order.created", { at: at(-2), id, more: { status: "draft", paid: false } }),
      polarEvent("order.updated", { at: at(-1), id, more: { status: "void", paid: false } }),
      paid(ref),
      polarEvent("subscription.cycled", { at: at(1), id }),
      polarEvent("benefit_grant.cycled", { at: at(1), id }),
      polarEvent("customer_seat.assigned", { at: at(1), id }),
    ],
    ends: order(1000),
  },
]);

/** The product of every order of the fixture. */
function product(): string {
  return "9b5a2f0e-6c0d-4f6f-8d7e-0b2a5f1f3c11";
}
