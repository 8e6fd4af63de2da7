import { wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { half, on, order, renewal, told } from "./woo-orders.ts";

const of = (id: number, earnedMinor: number, more: object = {}) => ({
  order: String(id),
  earnedMinor,
  ...more,
});
const fifth = { id: 802, total: "-23.80" };

playStories("woocommerce", [
  {
    name: "a refund, another, the first deleted, on hold for a dispute, completed, failed for good, completed after all",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 2, { refunds: [half] }),
      told(ref, 5, { refunds: [half, fifth] }),
      told(ref, 7, { refunds: [fifth] }),
      told(ref, 20, { refunds: [fifth], status: "on-hold" }),
      told(ref, 40, { refunds: [fifth] }),
      told(ref, 60, { refunds: [fifth], status: "failed" }),
      told(ref, 80, { refunds: [fifth] }),
    ],
    ends: order(800),
  },
  {
    name: "dinars of three digits: a fifth refunded, entered anew, and a half",
    tells: (ref) => {
      const dinars = { currency: "KWD", total: "119.000", tax: "19.000" };
      return [
        told(ref, 0, dinars),
        told(ref, 2, { ...dinars, refunds: [{ id: 1, total: "-23.800" }] }),
        told(ref, 3, { ...dinars, refunds: [] }),
        told(ref, 4, { ...dinars, refunds: [{ id: 2, total: "-23.800" }] }),
        told(ref, 9, {
          ...dinars,
          refunds: [
            { id: 2, total: "-23.800" },
            { id: 3, total: "-59.500" },
          ],
        }),
      ];
    },
    ends: order(3000, { currency: "KWD", netMinor: 100_000 }),
  },
  {
    name: "yen: refunded whole, which is deleted, and a third of the net",
    tells: (ref) => {
      const yen = { currency: "JPY", total: "11900", tax: "1900" };
      return [
        told(ref, 0, yen),
        told(ref, 2, { ...yen, status: "refunded", refunds: [{ id: 1, total: "-11900" }] }),
        told(ref, 5, yen),
        told(ref, 9, { ...yen, refunds: [{ id: 2, total: "-2380" }] }),
      ];
    },
    ends: order(800, { currency: "JPY" }),
  },
  {
    name: "a free trial, terms years apart, a switch that is refunded, and a return after an end",
    tells: (ref) => [
      told(ref, 0, { total: "0.00", tax: "0.00" }),
      wooSubscriptionCreated(),
      renewal(14, 801, { paidAt: on(14) }),
      renewal(90, 802, { paidAt: on(90), total: "59.50", tax: "9.50" }, "_subscription_switch"),
      renewal(
        95,
        802,
        {
          ...{ paidAt: on(90), total: "59.50", tax: "9.50", status: "refunded" },
          refunds: [{ id: 900, total: "-59.50" }],
        },
        "_subscription_switch",
      ),
      renewal(1475, 803, { paidAt: on(1475) }, "_subscription_resubscribe"),
      renewal(
        1480,
        803,
        { paidAt: on(1475), refunds: [{ id: 901, total: "-23.80" }] },
        "_subscription_resubscribe",
      ),
    ],
    ends: [...order(0), of(801, 1000, { cycle: "renewal" }), of(802, 0), of(803, 800, { cycle: "renewal" })],
  },
  {
    name: "a clock that is a month ahead: edited, a part refunded, deleted, and entered anew",
    tells: (ref) => [
      told(ref, 400, { paidAt: on(400) }),
      told(ref, 401, { paidAt: on(400), total: "238.00", tax: "38.00" }),
      told(ref, 402, { paidAt: on(400), total: "238.00", tax: "38.00", refunds: [half] }),
      told(ref, 403, { paidAt: on(400), total: "238.00", tax: "38.00" }),
      told(ref, 404, {
        paidAt: on(400),
        total: "238.00",
        tax: "38.00",
        refunds: [{ id: 9, total: "-23.80" }],
      }),
    ],
    ends: order(1800, { netMinor: 20_000 }),
  },
  {
    name: "cancelled before it is paid, paid years later, corrected to half of its price",
    tells: (ref) => [
      told(ref, 0, { paidAt: null, status: "on-hold" }),
      told(ref, 3, { paidAt: null, status: "cancelled" }),
      told(ref, 900, { paidAt: on(900) }),
      told(ref, 905, { paidAt: on(900), total: "59.50", tax: "9.50" }),
    ],
    ends: order(500, { netMinor: 5000 }),
  },
  {
    name: "bought anew years later through the product, with a term of its own, half of it refunded",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(365, 801, { paidAt: on(365) }),
      wooOrderUpdated({
        ...{ id: 810, meta: { reference: ref }, paidAt: on(1200), status: "completed" },
        more: { date_modified_gmt: on(1200) },
      }),
      wooSubscriptionCreated({ id: 811, parent: 810, at: on(1200) }),
      wooOrderUpdated({
        ...{ id: 820, meta: { _subscription_renewal: "811" }, paidAt: on(1565), status: "completed" },
        ...{ refunds: [half], more: { date_modified_gmt: on(1570) } },
      }),
    ],
    ends: [...order(1000), of(801, 1000), of(810, 1000), of(820, 500, { cycle: "renewal" })],
  },
  {
    name: "refunded by status alone, then by a list, then neither",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 2, { status: "refunded" }),
      told(ref, 5, { status: "refunded", refunds: [{ id: 1, total: "-119.00" }] }),
      told(ref, 9, { status: "processing" }),
    ],
    ends: order(1000),
  },
]);
