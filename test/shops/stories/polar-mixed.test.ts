import { polarEvent } from "../polar-fixtures.ts";
import { begun, fifth, further, half, later, of, on, order, refund, sold, total } from "./polar-tellings.ts";
import { playStories } from "./story.ts";

playStories("polar", [
  {
    name: "an upgrade half of which is refunded, which fails, and a fifth of which is",
    tells: (ref) => [
      begun(ref),
      further("o_2", 90, "subscription_update"),
      refund(100, 100, "succeeded", { order: "o_2", ...half }),
      total(100, 5000, {
        id: "o_2",
        subscription: "s_1",
        billingReason: "subscription_update",
        more: later(90),
      }),
      refund(100, 110, "failed", { order: "o_2", ...half }),
      refund(120, 120, "succeeded", { id: "r_2", order: "o_2", ...fifth }),
    ],
    ends: [...order(1000), of("o_2", 800, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which a balance paid half, a part of it refunded",
    tells: (ref) => [
      begun(ref),
      further("o_2", 365, "subscription_cycle", { balanceMinor: -5950 }),
      refund(370, 370, "pending", { order: "o_2", amountMinor: 1000, taxMinor: 190 }),
      refund(370, 371, "succeeded", { order: "o_2", amountMinor: 1000, taxMinor: 190 }),
    ],
    ends: [...order(1000), of("o_2", 400, { netMinor: 5000, taxMinor: 950 })],
  },
  {
    name: "the tax alone, then half of the net, then a refund for a dispute of the rest",
    tells: (ref) => [
      sold(ref),
      refund(2, 2, "succeeded", { amountMinor: 0, taxMinor: 1900 }),
      refund(5, 5, "succeeded", { id: "r_2", amountMinor: 5000, taxMinor: 0 }),
      {
        ...refund(40, 40, "succeeded", { id: "r_3", amountMinor: 5000, taxMinor: 0 }),
        ...{ type: "refund.created" },
      },
    ],
    ends: order(0),
  },
  {
    name: "a refund that is told, before its order, as done and by then as failed",
    tells: (ref) => [
      refund(2, 9, "failed", half),
      refund(2, 2, "succeeded", half),
      polarEvent("order.created", {
        id: "o_1",
        metadata: { reference_id: ref },
        more: { status: "pending" },
      }),
      sold(ref),
    ],
    ends: order(1000),
  },
  {
    name: "a subscription that goes to another customer, by another address, and its renewal half refunded",
    tells: (ref) => [
      begun(ref),
      further("o_2", 365, "subscription_cycle", {
        ...{ email: "other@example.com", more: { customer_id: "cus_other" } },
      }),
      refund(370, 370, "succeeded", { order: "o_2", ...half }),
      total(370, 5000, {
        ...{ id: "o_2", subscription: "s_1", billingReason: "subscription_cycle", more: later(365) },
        ...{ email: "third@example.com" },
      }),
    ],
    ends: [...order(1000), of("o_2", 500, { cycle: "renewal" })],
  },
  {
    name: "the same events years later, and a total of before",
    tells: (ref) => [
      sold(ref),
      refund(2, 2, "succeeded", half),
      total(2.1, 5000),
      sold(ref, { at: on(900) }),
      refund(2, 901, "succeeded", half),
      total(902, 5000),
    ],
    ends: order(500),
  },
  {
    name: "seats raised by parts of a term, the first of them given back, and the next term",
    tells: (ref) => [
      begun(ref),
      further("o_2", 90, "subscription_update", { netMinor: 4000, taxMinor: 760, more: { seats: 2 } }),
      refund(95, 95, "succeeded", { order: "o_2", amountMinor: 4000, taxMinor: 760 }),
      further("o_3", 365, "subscription_cycle", { netMinor: 20_000, taxMinor: 3800, more: { seats: 2 } }),
    ],
    ends: [...order(1000), of("o_2", 0), of("o_3", 2000, { cycle: "renewal" })],
  },
  {
    name: "a refund in another currency that fails beside one that is done",
    tells: (ref) => [
      sold(ref),
      refund(2, 2, "pending", { ...half, currency: "usd" }),
      refund(2, 5, "failed", { ...half, currency: "usd" }),
      refund(6, 6, "succeeded", { id: "r_2", ...fifth }),
    ],
    ends: order(800),
  },
  {
    name: "a full refund that is cancelled, then two halves",
    tells: (ref) => [
      sold(ref),
      refund(2, 2, "pending", { amountMinor: 10_000, taxMinor: 1900 }),
      refund(2, 4, "canceled", { amountMinor: 10_000, taxMinor: 1900 }),
      refund(6, 6, "succeeded", { id: "r_2", ...half }),
      total(6.1, 5000),
      refund(9, 9, "succeeded", { id: "r_3", ...half }),
      total(9.1, 10_000),
    ],
    ends: order(0),
  },
  {
    name: "a refund that is done, fails and is done after all, and another by a clock a day behind",
    tells: (ref) => [
      sold(ref),
      refund(2, 2, "succeeded", { ...half }),
      refund(2, 3, "failed", { ...half }),
      refund(2, 4, "succeeded", { ...half }),
      refund(-1, -1, "succeeded", { id: "r_2", ...fifth }),
    ],
    ends: order(300),
  },
  {
    name: "a refund that is done and fails in one moment",
    tells: (ref) => [sold(ref), refund(2, 2, "succeeded", { ...half }), refund(2, 2, "failed", { ...half })],
    ends: order(1000),
  },
]);
