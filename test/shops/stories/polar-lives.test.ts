import { polarEvent, polarOrderPaid } from "../polar-fixtures.ts";
import { begun, fifth, further, half, later, of, on, order, refund, sold, total } from "./polar-tellings.ts";
import { playStories } from "./story.ts";

playStories("polar", [
  {
    name: "a total that grows, shrinks, and is what it was before",
    tells: (ref) => [sold(ref), total(2, 2000), total(5, 5000), total(9, 2000), total(12, 5000)],
    ends: order(500),
  },
  {
    name: "dinars of three digits: two refunds, of which the second is cancelled, and the tax alone",
    tells: (ref) => [
      sold(ref, { currency: "kwd", netMinor: 100_000, taxMinor: 19_000 }),
      refund(2, 2, "succeeded", { currency: "kwd", amountMinor: 20_000, taxMinor: 3800 }),
      refund(5, 5, "succeeded", { id: "r_2", currency: "kwd", amountMinor: 50_000, taxMinor: 9500 }),
      refund(5, 9, "canceled", { id: "r_2", currency: "kwd", amountMinor: 50_000, taxMinor: 9500 }),
      refund(12, 12, "succeeded", { id: "r_3", currency: "kwd", amountMinor: 0, taxMinor: 15_200 }),
    ],
    ends: order(8000, { currency: "KWD" }),
  },
  {
    name: "a trial, its first payment, an upgrade that goes back whole, and a term years later in part",
    tells: (ref) => [
      polarOrderPaid({
        ...{ id: "o_1", metadata: { reference_id: ref }, netMinor: 0, taxMinor: 0 },
        ...{ subscription: "s_1", billingReason: "subscription_create", more: { checkout_id: "c_1" } },
      }),
      further("o_2", 14, "subscription_cycle"),
      further("o_3", 90, "subscription_update", { netMinor: 5000, taxMinor: 950 }),
      refund(95, 95, "succeeded", { order: "o_3", ...half }),
      further("o_4", 1475, "subscription_cycle"),
      refund(1480, 1480, "pending", { id: "r_2", order: "o_4", ...fifth }),
      refund(1480, 1481, "succeeded", { id: "r_2", order: "o_4", ...fifth }),
    ],
    ends: [...order(0), of("o_2", 1000, { cycle: "renewal" }), of("o_3", 0), of("o_4", 800)],
  },
  {
    name: "a clock that is a month ahead: a refund that fails after its total was told",
    tells: (ref) => [
      sold(ref, { at: on(400), more: later(400) }),
      refund(401, 401, "succeeded", half),
      total(401.5, 5000, { more: later(400) }),
      refund(401, 405, "failed", half),
      refund(410, 410, "succeeded", { id: "r_2", ...fifth }),
    ],
    ends: order(800),
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      begun(ref),
      further("o_2", 365, "subscription_cycle"),
      polarOrderPaid({
        ...{ id: "o_3", at: on(1200), metadata: { reference_id: ref }, subscription: "s_2" },
        ...{ billingReason: "subscription_create", more: { checkout_id: "c_3", created_at: on(1200) } },
      }),
      further("o_4", 1565, "subscription_cycle", { subscription: "s_2" }),
      refund(1570, 1570, "succeeded", { order: "o_4", ...half }),
    ],
    ends: [...order(1000), of("o_2", 1000), of("o_3", 1000), of("o_4", 500, { cycle: "renewal" })],
  },
  {
    name: "an older order, by what it was before its discount, half of it refunded",
    tells: (ref) => {
      const older = { net_amount: undefined, subtotal_amount: 12_500, discount_amount: 2500 };
      return [
        sold(ref, { more: older }),
        total(2, 5000, { metadata: { reference_id: ref }, more: older }),
        polarEvent("order.updated", {
          ...{
            id: "o_1",
            at: on(3),
            metadata: { reference_id: ref },
            refundedMinor: 5000,
            refundedTaxMinor: 950,
            more: older,
          },
        }),
      ];
    },
    ends: order(500, { netMinor: 10_000 }),
  },
  {
    name: "a balance that paid nearly all of a term, the rest of which is refunded in two parts",
    tells: (ref) => [
      begun(ref),
      further("o_2", 365, "subscription_cycle", { balanceMinor: -9520 }),
      refund(370, 370, "succeeded", { order: "o_2", amountMinor: 1000, taxMinor: 190 }),
      refund(380, 380, "succeeded", { id: "r_2", order: "o_2", amountMinor: 1000, taxMinor: 190 }),
    ],
    ends: [...order(1000), of("o_2", 0, { netMinor: 2000, taxMinor: 380 })],
  },
  {
    name: "a refund that is told before its order is, under way, done and done again by another id years later",
    tells: (ref) => [
      refund(2, 2, "pending", half),
      refund(2, 3, "succeeded", half),
      { ...refund(2, 3, "succeeded", half), type: "refund.created" },
      sold(ref),
      total(900, 5000),
    ],
    ends: order(500),
  },
]);
