import { type GumroadPing, gumroadPing } from "../gumroad-fixtures.ts";
import { copyOf, gumroadApiOfStories, id, order, sold } from "./gumroad-tellings.ts";
import { playStories } from "./story.ts";

const api = gumroadApiOfStories();
const about = (resource: string, sale = id) => gumroadPing({ id: sale, resource });
const of = (sale: string, earnedMinor: number, more: object = {}) => ({ order: sale, earnedMinor, ...more });
const renewed = (sale: string, ref: string, more: GumroadPing = {}) =>
  gumroadPing({ id: sale, subscription: "sub==", recurring: true, more: copyOf(ref), ...more });
/** What the API says before a ping of any sale. */
const when = (sale: { id: string } & Record<string, unknown>, ping: unknown) => (): unknown => {
  api.tell(sale);
  return ping;
};
/** What the API knows of sales at a story's begin. */
const known =
  (sales: ({ id: string } & Record<string, unknown>)[], pings: (ref: string) => unknown[]) =>
  (ref: string): unknown[] => {
    for (const sale of [{ id }, ...sales]) api.tellAnew(sale);
    return pings(ref);
  };
const left = (amount: string) => ({ partially_refunded: true, amount_refundable_in_currency: amount });
const cycle = (at: string) => ({ created_at: at, recurring_charge: true });

playStories("gumroad", [
  {
    name: "refunded whole, undone, and refunded whole again",
    tells: known([], (ref) => [
      sold(ref),
      when({ id, refunded: true }, about("refund")),
      when({ id, refunded: false, ...left("80") }, about("refund")),
      when({ id, refunded: true }, about("refund")),
    ]),
    ends: order(0),
    inOrder: true,
  },
  {
    name: "a part refunded, disputed, won, disputed again for good",
    tells: known([], (ref) => [
      sold(ref),
      when({ id, ...left("50") }, about("refund")),
      when({ id, disputed: true }, about("dispute")),
      when({ id, dispute_won: true }, about("dispute_won")),
      when({ id, disputed: true, dispute_won: false }, about("dispute")),
    ]),
    ends: order(0),
    inOrder: true,
  },
  {
    name: "terms years apart, an upgrade between them that is refunded, the last term in part",
    tells: known(
      [
        { id: "up==", ...cycle("2026-01-19T14:13:10Z"), is_upgrade_purchase: true, refunded: true },
        { id: "next==", ...cycle("2026-11-19T14:13:10Z") },
        { id: "late==", ...cycle("2029-11-19T14:13:10Z"), ...left("30") },
      ],
      (ref) => [
        sold(ref, { subscription: "sub==" }),
        renewed("up==", ref),
        about("refund", "up=="),
        renewed("next==", ref),
        renewed("late==", ref),
        about("refund", "late=="),
      ],
    ),
    ends: [
      ...order(1000),
      of("up==", 0, { cycle: "renewal" }),
      of("next==", 1000, { cycle: "renewal" }),
      of("late==", 300, { cycle: "renewal" }),
    ],
  },
  {
    name: "a clock that is a month ahead",
    tells: known([{ id: "ahead==", created_at: "2026-12-24T14:13:10Z", ...left("80") }], (ref) => [
      sold(ref, { id: "ahead==", at: "2026-12-24T14:13:10Z" }),
      about("refund", "ahead=="),
    ]),
    ends: [of("ahead==", 800)],
  },
  {
    name: "cancelled, and bought anew years later through the product",
    tells: known(
      [
        { id: "next==", ...cycle("2026-11-19T14:13:10Z") },
        { id: "anew==", created_at: "2029-02-19T14:13:10Z" },
        { id: "last==", ...cycle("2030-02-19T14:13:10Z"), ...left("50") },
      ],
      (ref) => [
        sold(ref, { subscription: "sub==" }),
        renewed("next==", ref),
        about("subscription_ended"),
        sold(ref, { id: "anew==", subscription: "sub-2==" }),
        renewed("last==", ref, { subscription: "sub-2==" }),
        about("refund", "last=="),
      ],
    ),
    ends: [...order(1000), of("next==", 1000), of("anew==", 1000), of("last==", 500, { cycle: "renewal" })],
  },
  {
    name: "yen as the product's currency, a third of it refunded, told twice",
    tells: known(
      [{ id: "yen==", price: 9_000, formatted_total_price: "¥13,500", ...left("9,000") }],
      (ref) => [
        sold(ref, { id: "yen==", priceCents: 9_000 }),
        about("refund", "yen=="),
        about("refund", "yen=="),
      ],
    ),
    ends: [of("yen==", 600, { netMinor: 9_000 })],
  },
  {
    name: "a trial, a first payment that is refunded, and a term at another price",
    tells: known(
      [
        { id: "trial==", free_trial_ends_on: "Nov 26" },
        { id: "paid==", ...cycle("2025-11-26T14:13:10Z"), free_trial_ends_on: "Nov 26", refunded: true },
        { id: "next==", ...cycle("2026-11-26T14:13:10Z"), free_trial_ends_on: "Nov 26", price: 20_000 },
      ],
      (ref) => [
        sold(ref, { id: "trial==", subscription: "sub==" }),
        renewed("paid==", ref),
        about("refund", "paid=="),
        renewed("next==", ref, { priceCents: 20_000 }),
      ],
    ),
    ends: [of("trial==", 0), of("paid==", 0, { cycle: "renewal" }), of("next==", 2000)],
  },
  {
    name: "a gift that is refunded in part, and a term of another customer's",
    tells: known([{ id: "gift==", price: 0, is_gift_receiver_purchase: true }], (ref) => [
      gumroadPing({
        ...{ id: "gift==", params: { ref }, priceCents: 0 },
        more: { ...copyOf(ref), is_gift_receiver_purchase: "true", gift_price: "10000" },
      }),
    ]),
    ends: [of("gift==", 1000, { netMinor: 10_000 })],
  },
]);
