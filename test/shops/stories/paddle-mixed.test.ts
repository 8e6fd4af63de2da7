import { adjusted, cart, fifth, further, half, of, ofLine, on, order, sold } from "./paddle-tellings.ts";
import { playStories } from "./story.ts";

playStories("paddle", [
  {
    name: "the tax of one line refunded, then all of that line's net, then the rest",
    tells: (ref) => [
      cart(sold(ref)),
      ofLine(adjusted(2, "adj_1", { totalMinor: 1140, subtotalMinor: 0 }), "a", 0, 1140),
      ofLine(adjusted(5, "adj_2", { totalMinor: 6000, subtotalMinor: 6000 }), "a", 6000, 0),
      ofLine(adjusted(9, "adj_3", { totalMinor: 4760, subtotalMinor: 4000 }), "b", 4000),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "the tax of one line refunded, and all of it charged back, which is reversed",
    tells: (ref) => [
      cart(sold(ref)),
      ofLine(adjusted(2, "adj_1", { totalMinor: 1140, subtotalMinor: 0 }), "a", 0, 1140),
      adjusted(9, "adj_2", { action: "chargeback", totalMinor: 10_760, subtotalMinor: 10_000 }),
      adjusted(40, "adj_3", { action: "chargeback_reverse", totalMinor: 10_760, subtotalMinor: 10_000 }),
    ],
    ends: order(1000, { lostOfLines: [0, 0] }),
  },
  {
    name: "an upgrade charged back, reversed, and charged back again for good",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 90, { origin: "subscription_update" }),
      adjusted(100, "adj_1", { transaction: "txn_2", action: "chargeback" }),
      adjusted(140, "adj_2", { transaction: "txn_2", action: "chargeback_reverse" }),
      adjusted(180, "adj_3", { transaction: "txn_2", action: "chargeback" }),
    ],
    ends: [...order(1000), of("txn_2", 0, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which a balance paid half, refunded in part, rejected, and refunded in another part",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 365, { creditMinor: 5950 }),
      adjusted(370, "adj_1", { transaction: "txn_2", ...fifth, status: "pending_approval" }),
      adjusted(372, "adj_1", { transaction: "txn_2", ...fifth, status: "rejected" }),
      adjusted(380, "adj_2", { transaction: "txn_2", totalMinor: 1190, subtotalMinor: 1000 }),
    ],
    ends: [...order(1000), of("txn_2", 400, { netMinor: 5000, taxMinor: 950 })],
  },
  {
    name: "a part refunded, and a chargeback in another currency that is given back",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", fifth),
      adjusted(5, "adj_2", { action: "chargeback", currency: "USD", ...half }),
      adjusted(40, "adj_2", { action: "chargeback", currency: "USD", ...half, status: "reversed" }),
    ],
    ends: order(800),
  },
  {
    name: "a refund of a line that is reversed, then a chargeback of half",
    tells: (ref) => [
      cart(sold(ref)),
      ofLine(adjusted(2, "adj_1", { totalMinor: 4760, subtotalMinor: 4000 }), "b", 4000),
      ofLine(adjusted(9, "adj_1", { totalMinor: 4760, subtotalMinor: 4000, status: "reversed" }), "b", 4000),
      adjusted(20, "adj_2", { action: "chargeback", ...half }),
    ],
    ends: order(500, { lostOfLines: [3000, 2000] }),
  },
  {
    name: "a subscription that goes to another customer and another address, a charge beside it given back",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 365, { more: { customer_id: "ctm_other", address_id: "add_other" } }),
      further("txn_3", 370, { origin: "subscription_charge", more: { customer_id: "ctm_other" } }),
      adjusted(375, "adj_1", { transaction: "txn_3" }),
    ],
    ends: [...order(1000), of("txn_2", 1000, { cycle: "renewal" }), of("txn_3", 0)],
  },
  {
    name: "the same events under new ids years later",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", half),
      sold(ref, on(900, "again")),
      { ...adjusted(2, "adj_1", half), event_id: "evt_again" },
      { ...adjusted(2, "adj_1", half), event_id: "evt_later", occurred_at: on(901).occurredAt },
    ],
    ends: order(500),
  },
  {
    name: "a credit for the old plan, an upgrade it lowers, and a refund of the upgrade",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      adjusted(90, "adj_1", { action: "credit", ...half }),
      further("txn_2", 90, {
        origin: "subscription_update",
        totalMinor: 11_900,
        taxMinor: 1900,
        creditMinor: 5950,
      }),
      adjusted(95, "adj_2", { transaction: "txn_2", totalMinor: 1190, subtotalMinor: 1000 }),
    ],
    ends: [...order(1000), of("txn_2", 400, { netMinor: 5000, cycle: "renewal" })],
  },
  {
    name: "a refund approved, reversed and approved again, and a chargeback that goes the same way",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", { ...fifth }),
      adjusted(3, "adj_1", { ...fifth, status: "reversed" }),
      adjusted(4, "adj_1", { ...fifth }),
      adjusted(5, "adj_2", { ...half, action: "chargeback" }),
      adjusted(6, "adj_2", { ...half, action: "chargeback", status: "reversed" }),
      adjusted(7, "adj_2", { ...half, action: "chargeback" }),
    ],
    ends: order(300),
  },
  {
    name: "a refund approved and reversed in one moment, and one by a clock a day behind",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", { ...half }),
      { ...adjusted(2, "adj_1", { ...half, status: "reversed" }), event_id: "evt_at_once" },
      adjusted(-1, "adj_2", { ...fifth }),
    ],
    ends: order(800),
  },
]);
