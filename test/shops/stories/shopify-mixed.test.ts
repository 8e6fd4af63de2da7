import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyEvent,
  shopifyOrderPaid,
} from "../shopify-fixtures.ts";
import { back, disputed, id, of, on, order } from "./shopify-tellings.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

/** An order as it is told on a day, by what it comes to now. */
const paid = (
  reference: string,
  day = 0,
  { now, more = {}, ...order }: { now?: string; more?: Json } & Json = {},
) =>
  shopifyOrderPaid({
    ...{ attributes: { reference }, ...order },
    more: { updated_at: on(day), ...(now === undefined ? {} : amountsNow(now)), ...more },
  });
const amountsNow = (total: string): Json => {
  const tax = ((Number(total) * 19) / 119).toFixed(2);
  return {
    ...{ current_total_price: total, current_total_price_set: moneySet(total, "EUR") },
    ...{ current_total_tax: tax, current_total_tax_set: moneySet(tax, "EUR") },
  };
};
const items = [
  { id: 1, product_id: 10, variant_id: 11, quantity: 1, price: "71.40", tax_lines: [{ price: "11.40" }] },
  { id: 2, product_id: 20, variant_id: 21, quantity: 2, price: "23.80", tax_lines: [{ price: "7.60" }] },
];
const goods = (line_item_id: number, subtotal: string, total_tax: string) => ({
  refund_line_items: [{ line_item_id, subtotal, total_tax }],
});
const withGoods = (event: Json, line: number, subtotal: string, tax: string) =>
  shopifyEvent("refunds/create", { ...event, ...goods(line, subtotal, tax) });
/** The order as it changed on a day, with a refund in it. */
const changed = (reference: string, day: number, refund: Json) =>
  shopifyEvent("orders/updated", paid(reference, day, { more: { refunds: [refund] } }));

playStories("shopify", [
  {
    name: "a line added by an edit, paid by a second payment, refunded, where the refund fails",
    tells: (ref) => [
      paid(ref),
      paid(ref, 2, { now: "238.00", more: { financial_status: "partially_paid" } }),
      paid(ref, 3, { now: "238.00" }),
      back(5, "119.00", { status: "pending" }),
      back(5, "119.00", { status: "failure" }),
      back(9, "23.80"),
    ],
    ends: order(1800, { netMinor: 20_000 }),
  },
  {
    name: "a line taken off after it was paid, and the rest disputed, won, and lost after all",
    tells: (ref) => [
      paid(ref),
      paid(ref, 2, { now: "59.50" }),
      back(3, "59.50"),
      disputed(1, "needs_response", { amount: "59.50", at: on(9) }),
      disputed(1, "won", { amount: "59.50", at: on(9), finalizedOn: on(40) }),
      disputed(1, "lost", { amount: "59.50", at: on(9), finalizedOn: on(80) }),
    ],
    ends: order(0),
  },
  {
    name: "one line refunded, the other disputed and won",
    tells: (ref) => [
      paid(ref, 0, { more: { line_items: items } }),
      withGoods(back(2, "71.40"), 1, "71.40", "11.40"),
      disputed(1, "needs_response", { amount: "47.60", at: on(9) }),
      disputed(1, "won", { amount: "47.60", at: on(9), finalizedOn: on(40) }),
    ],
    ends: order(400, { lostOfLines: [6000, 0] }),
  },
  {
    name: "a renewal that is paid by a gift card in part, and half of it refunded",
    tells: (ref) => [
      paid(ref),
      shopifyContractCreated(id),
      paid("", 365, {
        ...{ id: 8, source: "subscription_contract_checkout_one" },
        more: { payment_gateway_names: ["gift_card", "shopify_payments"] },
      }),
      shopifyBillingAttempt(8),
      back(370, "59.50", {
        order: 8,
        transactions: [
          { kind: "refund", status: "success", amount: "29.75", currency: "EUR", gateway: "gift_card" },
          {
            kind: "refund",
            status: "success",
            amount: "29.75",
            currency: "EUR",
            gateway: "shopify_payments",
          },
        ],
      }),
    ],
    ends: [...order(1000), of(8, 500, { cycle: "renewal" })],
  },
  {
    name: "a gift card beside a product, the product edited to two, one of them given back",
    tells: (ref) => {
      const card = { id: 9, product_id: 90, quantity: 1, price: "50.00", gift_card: true, tax_lines: [] };
      const one = { id: 1, product_id: 10, quantity: 1, price: "119.00", tax_lines: [{ price: "19.00" }] };
      const two = { ...one, id: 2 };
      const sold = { total: "169.00", tax: "19.00" };
      return [
        paid(ref, 0, { ...sold, more: { line_items: [one, card] } }),
        paid(ref, 2, {
          ...sold,
          more: {
            ...{ current_total_price: "288.00", current_total_price_set: moneySet("288.00", "EUR") },
            ...{ current_total_tax: "38.00", current_total_tax_set: moneySet("38.00", "EUR") },
            line_items: [one, card, two],
          },
        }),
        withGoods(back(5, "119.00"), 2, "119.00", "19.00"),
      ];
    },
    ends: order(1000, { netMinor: 20_000 }),
  },
  {
    name: "refunds and a dispute before their order, which comes when it was edited",
    tells: (ref) => [
      disputed(1, "lost", { amount: "23.80", at: on(9), finalizedOn: on(40) }),
      back(3, "59.50"),
      paid(ref, 4, { now: "59.50", more: { refunds: [back(3, "59.50")] } }),
    ],
    ends: order(300),
  },
  {
    name: "an order of a merged customer by another address, told again years later, a part refunded",
    tells: (ref) => [
      paid(ref),
      back(2, "23.80"),
      paid(ref, 900, {
        ...{ email: "merged@example.com" },
        more: { customer: { id: 1, email: "merged@example.com" }, refunds: [back(2, "23.80")] },
      }),
      back(2, "23.80"),
    ],
    ends: order(800),
  },
  {
    name: "a dispute in another currency that is given back, beside a refund",
    tells: (ref) => [
      paid(ref),
      shopifyEvent("disputes/create", { ...disputed(1, "needs_response", { at: on(5) }), currency: "USD" }),
      back(6, "23.80"),
      shopifyEvent("disputes/update", {
        ...disputed(1, "won", { at: on(5), finalizedOn: on(40) }),
        currency: "USD",
      }),
    ],
    ends: order(800),
  },
  {
    name: "a test order beside a real one, and a refund of each",
    tells: (ref) => [
      paid(ref),
      paid(ref, 0, { id: 9, test: true }),
      back(2, "119.00", { order: 9, test: true }),
      back(3, "11.90"),
    ],
    ends: [...order(900), of(9, 0, { unknown: true })],
  },
  {
    name: "a refund whose amount becomes again what it was before",
    tells: (ref) => [
      paid(ref),
      back(2, "59.50"),
      changed(ref, 3, back(2, "59.50")),
      changed(ref, 4, back(2, "23.80")),
      changed(ref, 5, back(2, "59.50")),
    ],
    ends: order(500),
  },
  {
    name: "a refund that an order tells as done, as failed, and as done after all",
    tells: (ref) => [
      paid(ref),
      changed(ref, 3, back(2, "23.80")),
      changed(ref, 4, back(2, "23.80", { status: "failure" })),
      changed(ref, 5, back(2, "23.80")),
    ],
    ends: order(800),
  },
  {
    name: "a clock that is a day behind: a refund and a dispute that is won, from before the order",
    tells: (ref) => [
      paid(ref),
      back(-1, "23.80"),
      disputed(1, "needs_response", { at: on(-1) }),
      disputed(1, "won", { at: on(-1), finalizedOn: on(-1) }),
    ],
    ends: order(800),
  },
  {
    name: "states of one second: an order told as paid, and changed with a refund in it",
    tells: (ref) => [paid(ref), changed(ref, 0, back(0, "59.50")), back(0, "59.50")],
    ends: order(500),
  },
  {
    name: "edited up, down and up again, paid each time, and members of a later version",
    tells: (ref) => [
      paid(ref),
      paid(ref, 1, { now: "178.50" }),
      paid(ref, 2, { now: "59.50", more: { refunds: [back(2, "119.00")], later: { nested: [1] } } }),
      back(2, "119.00"),
      paid(ref, 3, { now: "178.50", more: { refunds: [back(2, "119.00")] } }),
    ],
    ends: order(1500),
  },
]);
