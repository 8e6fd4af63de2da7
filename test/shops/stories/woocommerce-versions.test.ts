import { wooEvent, wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { on, order, renewal, told } from "./woo-orders.ts";

type Json = Record<string, unknown>;
const item = (id: number | string, total: string, tax: string, more: Json = {}) => ({
  id,
  product_id: 93,
  variation_id: 0,
  quantity: 1,
  subtotal: total,
  total,
  total_tax: tax,
  sku: "",
  meta_data: [],
  ...more,
});

playStories("woocommerce", [
  {
    name: "a variation, its quantity as text, shipping, a fee and a code, and amounts of four digits",
    tells: (ref) => [
      told(ref, 0, {
        coupons: ["SPRING"],
        more: {
          line_items: [
            item("315", "66.3866", "12.6134", {
              variation_id: "94",
              sku: "PAINT-PRO",
              quantity: "2",
              subtotal: "84.0336",
            }),
            item(316, "16.8067", "3.1933"),
          ],
          shipping_lines: [{ id: 317, total: "8.4034", total_tax: "1.5966" }],
          fee_lines: [{ id: "318", total: "8.40", total_tax: "1.60" }],
        },
      }),
    ],
    ends: order(1000, {
      lines: [
        {
          line: "315",
          articles: ["93", "94", "PAINT-PRO"],
          quantity: 2,
          netMinor: 6639,
          taxMinor: 1261,
          listMinor: 8403,
          kind: "new",
        },
        { line: "316", articles: ["93"], netMinor: 1681, taxMinor: 319 },
        { line: "317", netMinor: 840, taxMinor: 160, kind: "shipping" },
        { line: "318", netMinor: 840, taxMinor: 160, kind: "other" },
      ],
    }),
  },
  {
    name: "an order whose every number is text, or whose every text is a number",
    tells: (ref) => [
      told(ref, 0, {
        more: {
          id: "727",
          total: 119,
          total_tax: 19.0,
          line_items: [item(315, "100", "19", { total: 100, total_tax: 19 })],
        },
      }),
      told(ref, 2, { more: { id: 727, refunds: [{ id: "801", total: -23.8 }] } }),
    ],
    ends: order(800),
  },
  {
    name: "three terms years apart, one of them for nothing, and a switch that is thrown away",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(365, 730, { paidAt: on(365), total: "0.00", tax: "0.00" }),
      renewal(1460, 731, { paidAt: on(1460) }),
      renewal(200, 732, { paidAt: on(200) }, "_subscription_switch"),
      wooEvent("order.deleted", { id: 732 }),
    ],
    ends: [
      ...order(1000),
      { order: "730", earnedMinor: 0, cycle: "renewal", outcome: "credited" },
      { order: "731", earnedMinor: 1000, cycle: "renewal", lines: [{ kind: "renewal" }] },
      { order: "732", earnedMinor: 0, cycle: "renewal", lines: [{ kind: "upgrade" }] },
    ],
  },
  {
    name: "paid, and told with no status, no address, no lists and no time of change",
    tells: (ref) => [
      wooOrderUpdated({
        meta: { reference: ref },
        more: {
          status: undefined,
          billing: null,
          line_items: null,
          coupon_lines: null,
          shipping_lines: undefined,
          fee_lines: {},
          refunds: null,
          date_modified_gmt: null,
        },
      }),
    ],
    ends: order(1000, { lines: [{ kind: "other", netMinor: 10_000 }] }),
    inOrder: true,
  },
  {
    name: "a licence that is a number, on the order and on a later one of another customer's",
    tells: (ref) => [
      told(ref, 0, { meta: { reference: ref, licence: 4711 } }),
      wooOrderUpdated({
        id: 740,
        meta: { licence: "4711" },
        paidAt: on(365),
        email: "other@customer.example",
        status: "completed",
        more: { date_modified_gmt: on(365) },
      }),
    ],
    ends: [...order(1000), { order: "740", earnedMinor: 1000 }],
  },
  {
    name: "gifts of a plugin: a fee below zero takes all, then the order is corrected",
    tells: (ref) => [
      told(ref, 0, {
        total: "0.00",
        tax: "0.00",
        more: {
          line_items: [item(315, "100.00", "19.00")],
          fee_lines: [{ id: 318, total: "-100.00", total_tax: "-19.00" }],
        },
      }),
      told(ref, 2, {
        total: "59.50",
        tax: "9.50",
        more: {
          line_items: [item(315, "100.00", "19.00")],
          fee_lines: [{ id: 318, total: "-50.00", total_tax: "-9.50" }],
        },
      }),
    ],
    ends: order(500, { lines: [{ netMinor: 10_000 }, { netMinor: -5000, taxMinor: -950, kind: "other" }] }),
  },
]);
