import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyEvent,
  shopifyOrderPaid,
} from "../shopify-fixtures.ts";
import { back, disputed, of, on, order } from "./shopify-tellings.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const paid = (reference: string, day = 0, { more = {}, ...order }: { more?: Json } & Json = {}) =>
  shopifyOrderPaid({ attributes: { reference }, ...order, more: { updated_at: on(day), ...more } });
const later = (name: number, day: number, { more = {}, ...order }: { more?: Json } & Json = {}) =>
  shopifyOrderPaid({
    ...{ id: name, at: on(day), source: "subscription_contract_checkout_one", ...order },
    more: { updated_at: on(day), ...more },
  });
/** What is left of prices that hold no tax, with the lines of goods and of shipping. */
const apart = {
  taxes_included: false,
  line_items: [
    { id: 1, product_id: 10, variant_id: 11, quantity: 2, price: "40.00", tax_lines: [{ price: "15.20" }] },
  ],
  shipping_lines: [{ id: 5, price: "20.00", tax_lines: [{ price: "3.80" }] }],
};
const withParts = (event: Json, more: Json) => shopifyEvent("refunds/create", { ...event, ...more });
const shippingBack = (net: string, tax: string) => ({
  refund_shipping_lines: [
    {
      ...{ id: 71, shipping_line_id: 5 },
      ...{ subtotal_amount_set: moneySet(net, "EUR"), tax_amount_set: moneySet(tax, "EUR") },
    },
  ],
});

playStories("shopify", [
  {
    name: "prices without tax: one of two given back, then half of the shipping, told as its lines",
    tells: (ref) => [
      paid(ref, 0, { more: apart }),
      withParts(back(2, "47.60"), {
        refund_line_items: [{ line_item_id: 1, subtotal: "40.00", total_tax: "7.60" }],
      }),
      withParts(back(5, "11.90"), shippingBack("10.00", "1.90")),
    ],
    ends: order(500, { lostOfLines: [4000, 1000] }),
  },
  {
    name: "shipping given back as an adjustment, then all the goods",
    tells: (ref) => [
      paid(ref, 0, { more: apart }),
      withParts(back(2, "23.80"), {
        order_adjustments: [{ kind: "shipping_refund", amount: "-20.00", tax_amount: "-3.80" }],
      }),
      withParts(back(5, "95.20"), {
        refund_line_items: [{ line_item_id: 1, subtotal: "80.00", total_tax: "15.20" }],
      }),
    ],
    ends: order(0, { lostOfLines: [8000, 2000] }),
  },
  {
    name: "in the customer's currency, of no digits: a refund and a dispute in it",
    tells: (ref) => {
      const yen = (shop: string, customer: string) => ({
        shop_money: { amount: shop, currency_code: "EUR" },
        presentment_money: { amount: customer, currency_code: "JPY" },
      });
      return [
        paid(ref, 0, {
          more: {
            ...{
              presentment_currency: "JPY",
              total_price_set: yen("119.00", "11900"),
              total_tax_set: yen("19.00", "1900"),
            },
            current_total_price_set: yen("119.00", "11900"),
            current_total_tax_set: yen("19.00", "1900"),
          },
        }),
        back(2, "2380", { currency: "JPY" }),
        shopifyEvent("disputes/create", {
          ...disputed(1, "needs_response", { amount: "5950", at: on(9) }),
          currency: "JPY",
        }),
        shopifyEvent("disputes/update", {
          ...disputed(1, "won", { amount: "5950", at: on(9), finalizedOn: on(40) }),
          currency: "JPY",
        }),
      ];
    },
    ends: order(800, { currency: "JPY", netMinor: 10_000 }),
  },
  {
    name: "dinars of three digits, two refunds and a dispute of a part that is lost",
    tells: (ref) => [
      paid(ref, 0, { currency: "KWD", total: "119.000", tax: "19.000" }),
      back(2, "23.800", { currency: "KWD" }),
      back(5, "11.900", { currency: "KWD" }),
      shopifyEvent("disputes/update", {
        ...disputed(1, "lost", { amount: "23.800", at: on(9), finalizedOn: on(40) }),
        currency: "KWD",
      }),
    ],
    ends: order(5000, { currency: "KWD", netMinor: 100_000 }),
  },
  {
    name: "a clock that is a month ahead: a refund under way that fails, and one that does not",
    tells: (ref) => [
      paid(ref, 400, { at: on(400) }),
      back(401, "59.50", { status: "pending" }),
      shopifyEvent(
        "orders/updated",
        paid(ref, 404, {
          at: on(400),
          more: { refunds: [back(401, "59.50", { status: "failure" })] },
        }),
      ),
      back(410, "23.80"),
    ],
    ends: order(800),
  },
  {
    name: "terms years apart, one edited to less and paid back, one disputed, won, and lost after all",
    tells: (ref) => {
      const now = (total: string, tax: string) => ({
        ...{ current_total_price: total, current_total_price_set: moneySet(total, "EUR") },
        ...{ current_total_tax: tax, current_total_tax_set: moneySet(tax, "EUR") },
      });
      return [
        paid(ref),
        shopifyContractCreated(),
        later(101, 365),
        shopifyBillingAttempt(101),
        later(101, 370, { at: on(365), more: { ...now("59.50", "9.50"), total_outstanding: "-59.50" } }),
        back(371, "59.50", { order: 101 }),
        later(102, 1095),
        shopifyBillingAttempt(102),
        disputed(1, "needs_response", { order: 102, at: on(1100) }),
        disputed(1, "won", { order: 102, at: on(1100), finalizedOn: on(1140) }),
        disputed(1, "lost", { order: 102, at: on(1100), finalizedOn: on(1180) }),
      ];
    },
    ends: [...order(1000), of(101, 500, { cycle: "renewal" }), of(102, 0, { cycle: "renewal" })],
  },
  {
    name: "an order told seven times as it changes, a refund in each, of which two are told apart as well",
    tells: (ref) => {
      const refunds = [back(2, "23.80"), back(5, "11.90"), back(9, "23.80")];
      const changed = (day: number, many: number) =>
        shopifyEvent("orders/updated", paid(ref, day, { more: { refunds: refunds.slice(0, many) } }));
      return [
        paid(ref),
        changed(2, 1),
        refunds[0],
        changed(5, 2),
        refunds[2],
        changed(9, 3),
        changed(900, 3),
      ];
    },
    ends: order(500),
  },
  {
    name: "a gift card bought beside a product, disputed in part, and an order that another card paid",
    tells: (ref) => [
      paid(ref, 0, {
        total: "169.00",
        tax: "19.00",
        more: {
          line_items: [
            { id: 1, product_id: 10, quantity: 1, price: "119.00", tax_lines: [{ price: "19.00" }] },
            { id: 2, product_id: 20, quantity: 1, price: "50.00", gift_card: true, tax_lines: [] },
          ],
        },
      }),
      withParts(back(5, "50.00"), {
        refund_line_items: [{ line_item_id: 2, subtotal: "50.00", total_tax: "0.00" }],
      }),
      paid(ref, 30, { id: 102, at: on(30), total: "50.00", tax: "7.98" }),
    ],
    ends: [...order(1000, { netMinor: 10_000 }), of(102, 420, { netMinor: 4202 })],
  },
]);
