import { adjusted, fifth, further, of, on, order, sold, totalsOf, withData } from "./paddle-tellings.ts";
import { playStories } from "./story.ts";

const first = (ref: string, more: object = {}) => sold(ref, { subscription: "sub_1", ...more });
const chargeback = (day: number, id: string, more: object = {}) =>
  adjusted(day, id, { action: "chargeback", status: "approved", ...more });

playStories("paddle", [
  {
    name: "a renewal while a chargeback of the first order is open, which is then reversed",
    tells: (ref) => [
      first(ref),
      chargeback(5, "adj_c"),
      further("txn_2", 31, {}),
      chargeback(40, "adj_c", { status: "reversed" }),
    ],
    ends: [...order(1000), of("txn_2", 1000, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which the first order was refunded whole has nobody to inherit from",
    tells: (ref) => [first(ref), adjusted(2, "adj_r", { status: "approved" }), further("txn_2", 31, {})],
    ends: [...order(0), of("txn_2", 0, { cycle: "renewal", outcome: "unattributed" })],
  },
  {
    name: "a renewal, and a whole refund of the first order that did not happen after all",
    tells: (ref) => [
      first(ref),
      adjusted(2, "adj_r", { status: "approved" }),
      further("txn_2", 31, {}),
      adjusted(40, "adj_r", { status: "reversed" }),
    ],
    ends: [...order(1000), of("txn_2", 1000, { cycle: "renewal" })],
  },
  {
    name: "an upgrade, then the first payment refunded in part, then the upgrade in part",
    tells: (ref) => [
      first(ref),
      further("txn_2", 10, { origin: "subscription_update" }),
      adjusted(12, "adj_r", { status: "approved", ...fifth }),
      adjusted(13, "adj_s", { status: "approved", transaction: "txn_2", ...fifth }),
    ],
    ends: [...order(800), of("txn_2", 800)],
  },
  {
    name: "a first order of nothing, and the renewals that cost something",
    tells: (ref) => {
      const free = withData(first(ref), {
        details: { totals: { ...totalsOf(0), grand_total: "0" }, line_items: [] },
      });
      return [free, further("txn_2", 31, {}), further("txn_3", 61, {})];
    },
    ends: [...order(0), of("txn_2", 1000), of("txn_3", 1000)],
  },
  {
    name: "ids as long as they may be, beside members that nobody knows",
    tells: (ref) => {
      const id = `txn_${"9".repeat(251)}`;
      const more = { brand_new: { amount: "-1", list: [null] }, revised_at: null };
      return [
        withData(first(ref, { id }), more),
        withData(adjusted(2, "adj_r", { status: "approved", transaction: id, ...fifth }), more),
        sold("none", { ...on(3, "other"), id: `${id.slice(0, -1)}8`, customData: null }),
      ];
    },
    ends: [of(`txn_${"9".repeat(251)}`, 800), of(`txn_${"9".repeat(250)}8`, 0, { outcome: "unattributed" })],
  },
]);
