import { afterAll, beforeAll } from "vitest";
import { openGumroadApi } from "../gumroad-api.ts";
import { type GumroadPing, gumroadPing } from "../gumroad-fixtures.ts";
import { playStories } from "./story.ts";

let api: ReturnType<typeof openGumroadApi>;
beforeAll(() => {
  api = openGumroadApi();
});
afterAll(() => api.close());

const id = "sale-1==";
const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
const sold = (ref: string, more: GumroadPing = {}) => gumroadPing({ id, params: { ref }, ...more });
const about = (resource: string) => gumroadPing({ id, resource });
const partly = (left: string) => ({ partially_refunded: true, amount_refundable_in_currency: left });

/** A story whose pings all come when the API tells how it ended, as the API tells only that. */
const ended = (sale: object, pings: (ref: string) => unknown[]) => (ref: string) => {
  api.sales.delete(id);
  api.tell({ id, ...sale });
  return pings(ref);
};
const trial = { free_trial_ends_on: "Nov 26" };
const gift = { is_gift_receiver_purchase: "true", gift_price: "10000", gifter_email: "giver@example.com" };

playStories("gumroad", [
  {
    name: "a purchase",
    tells: ended({}, (ref) => [sold(ref)]),
    ends: order(1000, { netMinor: 10_000, currency: "USD" }),
  },
  {
    name: "a ping that claims another price",
    tells: ended({ price: 5000 }, (ref) => [sold(ref)]),
    ends: order(500),
  },
  {
    name: "a quarter goes back",
    tells: ended(partly("75"), (ref) => [sold(ref), about("refund")]),
    ends: order(750),
  },
  {
    name: "all goes back",
    tells: ended({ refunded: true }, (ref) => [sold(ref), about("refund")]),
    ends: order(0),
  },
  {
    name: "a dispute that is open",
    tells: ended({ disputed: true }, (ref) => [sold(ref), about("dispute")]),
    ends: order(0),
  },
  {
    name: "a dispute that is won, whose pings both come late",
    tells: ended({ disputed: true, dispute_won: true }, (ref) => [
      sold(ref),
      about("dispute"),
      about("dispute_won"),
    ]),
    ends: order(1000),
  },
  {
    name: "a gift",
    tells: ended({ price: 0, is_gift_receiver_purchase: true }, (ref) => [
      sold(ref, { priceCents: 0, more: gift }),
    ]),
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "a gift that goes back",
    tells: ended({ price: 0, is_gift_receiver_purchase: true, refunded: true }, (ref) => [
      sold(ref, { priceCents: 0, more: gift }),
      about("refund"),
    ]),
    ends: order(0, { netMinor: 10_000 }),
  },
  {
    name: "a trial, and the first payment, which tells no reference",
    tells: ended(trial, (ref) => {
      api.tell({ id: "paid==", ...trial, recurring_charge: true, created_at: "2025-11-26T14:13:10Z" });
      const paid = gumroadPing({ id: "paid==", subscription: "sub==", recurring: true });
      return [sold(ref, { subscription: "sub==" }), paid];
    }),
    ends: [...order(0), { order: "paid==", earnedMinor: 1000, netMinor: 10_000 }],
  },
  {
    name: "a preorder that is authorised, and another that is charged",
    tells: ended({ is_preorder_authorization: false }, (ref) => {
      api.tell({ id: "authorised==", is_preorder_authorization: true });
      return [gumroadPing({ id: "authorised==", params: { ref } }), sold(ref)];
    }),
    ends: order(1000),
  },
  {
    name: "an upgrade inherits its subscription",
    tells: ended({}, (ref) => {
      api.tell({ id: "up==", recurring_charge: true, is_upgrade_purchase: true, price: 5000 });
      const upgrade = gumroadPing({ id: "up==", subscription: "sub==", recurring: true });
      return [sold(ref, { subscription: "sub==" }), upgrade];
    }),
    ends: [...order(1000), { order: "up==", earnedMinor: 500, cycle: "renewal" }],
  },
  {
    name: "a code for all of it",
    tells: ended({ price: 0, formatted_total_price: "$0" }, (ref) => [
      sold(ref, { priceCents: 0, code: "FREE" }),
    ]),
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "three of one product, a third of it refunded in the product's currency",
    tells: ended({ price: 30_000, quantity: 3, formatted_total_price: "€270", ...partly("180") }, (ref) => [
      sold(ref, { priceCents: 30_000, more: { quantity: "3" } }),
      about("refund"),
    ]),
    ends: order(2000, { netMinor: 30_000 }),
  },
  {
    name: "a dispute after a refund of half, which is won",
    tells: ended({ ...partly("50"), disputed: true, dispute_won: true }, (ref) => [
      sold(ref),
      about("refund"),
      about("dispute"),
      about("dispute_won"),
    ]),
    ends: order(500),
  },
  {
    name: "a dispute after all was refunded",
    tells: ended({ refunded: true, disputed: true, chargedback: true }, (ref) => [
      sold(ref),
      about("refund"),
      about("dispute"),
    ]),
    ends: order(0),
  },
  {
    name: "a renewal by another address after a pause, told twice",
    tells: ended({}, (ref) => {
      api.tell({ id: "later==", recurring_charge: true, created_at: "2027-03-19T14:13:10Z" });
      const later = gumroadPing({
        id: "later==",
        subscription: "sub==",
        recurring: true,
        more: { email: "other@example.com" },
      });
      return [sold(ref, { subscription: "sub==" }), later, { ...later }];
    }),
    ends: [...order(1000), { order: "later==", earnedMinor: 1000, cycle: "renewal" }],
  },
  {
    name: "a test of the vendor's",
    tells: ended({}, (ref) => [gumroadPing({ id: "test==", test: true, params: { ref } }), sold(ref)]),
    ends: [...order(1000), { order: "test==", earnedMinor: 0, unknown: true }],
  },
  {
    name: "a refund of a price with a thousands separator",
    tells: ended({ price: 120_000, formatted_total_price: "$1,200", ...partly("900.50") }, (ref) => [
      sold(ref, { priceCents: 120_000 }),
      about("refund"),
    ]),
    ends: order(9005, { netMinor: 120_000 }),
  },
]);
