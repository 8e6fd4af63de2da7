import { type GumroadPing, gumroadPing } from "../gumroad-fixtures.ts";
import { copyOf, gumroadApiOfStories, id, order, sold } from "./gumroad-tellings.ts";
import { playStories } from "./story.ts";

const api = gumroadApiOfStories();
const { when } = api;
const about = (resource: string, sale = id) => gumroadPing({ id: sale, resource });
const renewed = (sale: string, ref: string, more: GumroadPing = {}) =>
  gumroadPing({ id: sale, subscription: "sub==", recurring: true, more: copyOf(ref), ...more });
const partly = (left: string) => ({ partially_refunded: true, amount_refundable_in_currency: left });
const won = { disputed: true, dispute_won: true };

/** A story whose pings all come when the API tells how it ended, as the API tells only that. */
const ended =
  (sales: Record<string, object>, pings: (ref: string) => unknown[]) =>
  (ref: string): unknown[] => {
    for (const [name, sale] of Object.entries(sales)) api.tellAnew({ id: name, ...sale });
    return pings(ref);
  };

playStories("gumroad", [
  {
    name: "a preorder that is cancelled, and another that is charged and refunded in part",
    tells: ended(
      { "authorised==": { is_preorder_authorization: true }, [id]: { ...partly("75") } },
      (ref) => [
        gumroadPing({ id: "authorised==", params: { ref } }),
        about("cancellation", "authorised=="),
        sold(ref),
        about("refund"),
      ],
    ),
    ends: [...order(750), { order: "authorised==", earnedMinor: 0, unknown: true }],
  },
  {
    name: "an upgrade that is refunded in part, and a dispute about it that is won",
    tells: ended(
      {
        [id]: {},
        "up==": {
          created_at: "2026-01-19T14:13:10Z",
          recurring_charge: true,
          is_upgrade_purchase: true,
          ...partly("75"),
          ...won,
        },
      },
      (ref) => [
        sold(ref, { subscription: "sub==" }),
        renewed("up==", ref),
        about("refund", "up=="),
        about("dispute", "up=="),
        about("dispute_won", "up=="),
      ],
    ),
    ends: [...order(1000), { order: "up==", earnedMinor: 750, cycle: "renewal" }],
  },
  {
    name: "a part refunded, then a smaller part, as a refund failed, then disputed and won",
    tells: ended({ [id]: {} }, (ref) => [
      sold(ref),
      when(partly("50"), about("refund")),
      when(partly("80"), about("refund")),
      when({ disputed: true }, about("dispute")),
      when(won, about("dispute_won")),
    ]),
    ends: order(800),
    inOrder: true,
  },
  {
    name: "a total that becomes smaller, as a refund failed, and then what it was before",
    tells: ended({ [id]: {} }, (ref) => [
      sold(ref),
      when(partly("70"), about("refund")),
      when(partly("50"), about("refund")),
      when(partly("60"), about("refund")),
      when(partly("50"), about("refund")),
    ]),
    ends: order(500),
    inOrder: true,
  },
  {
    name: "a dispute that is won, and a refund of all after it",
    tells: ended({ [id]: { ...won, refunded: true } }, (ref) => [
      sold(ref),
      about("dispute"),
      about("dispute_won"),
      about("refund"),
    ]),
    ends: order(0),
  },
  {
    name: "a trial, its first payment, which is disputed, and the next, of which a quarter goes back",
    tells: ended(
      {
        [id]: { free_trial_ends_on: "Nov 26" },
        "paid==": {
          created_at: "2025-11-26T14:13:10Z",
          free_trial_ends_on: "Nov 26",
          recurring_charge: true,
          ...won,
        },
        "next==": {
          created_at: "2026-11-26T14:13:10Z",
          free_trial_ends_on: "Nov 26",
          recurring_charge: true,
          ...partly("75"),
        },
      },
      (ref) => [
        sold(ref, { subscription: "sub==" }),
        renewed("paid==", ref),
        about("dispute", "paid=="),
        about("dispute_won", "paid=="),
        renewed("next==", ref),
        about("refund", "next=="),
      ],
    ),
    ends: [
      ...order(0, { netMinor: 0 }),
      { order: "paid==", earnedMinor: 1000 },
      { order: "next==", earnedMinor: 750, cycle: "renewal" },
    ],
  },
  {
    name: "a gift of which a dispute is won, and a test of the same product",
    tells: ended({ [id]: { price: 0, is_gift_receiver_purchase: true, ...won } }, (ref) => [
      gumroadPing({ id: "test==", test: true, params: { ref } }),
      sold(ref, {
        ...{ priceCents: 0 },
        more: { ...copyOf(ref), is_gift_receiver_purchase: "true", gift_price: "10000" },
      }),
      about("dispute"),
      about("dispute_won"),
    ]),
    ends: [...order(1000), { order: "test==", earnedMinor: 0, unknown: true }],
  },
  {
    name: "a subscription that goes to another customer by another address, a quarter of a term given back",
    tells: ended(
      {
        [id]: {},
        "later==": { created_at: "2026-11-19T14:13:10Z", recurring_charge: true, ...partly("75") },
      },
      (ref) => [
        sold(ref, { subscription: "sub==" }),
        renewed("later==", ref, { more: { email: "other@example.com", license_key: `COPY-${ref}` } }),
        about("refund", "later=="),
      ],
    ),
    ends: [...order(1000), { order: "later==", earnedMinor: 750, cycle: "renewal" }],
  },
  {
    name: "the same pings years later, and a refund before its sale",
    tells: ended({ [id]: { ...partly("75") } }, (ref) => [
      about("refund"),
      sold(ref),
      about("refund"),
      sold(ref, { at: "2028-11-19T14:13:10Z" }),
    ]),
    ends: order(750),
  },
  {
    name: "a clock that is years behind: all of it from before the receiver was told of the product",
    tells: ended({ [id]: { created_at: "2025-11-18T00:00:00Z", ...partly("75") } }, (ref) => [
      sold(ref, { at: "2025-11-18T00:00:00Z" }),
      about("refund"),
    ]),
    ends: order(750),
  },
  {
    name: "a dispute that is opened and won in one moment after a refund of a part",
    tells: ended({ [id]: { ...won, ...partly("75") } }, (ref) => [
      sold(ref),
      about("refund"),
      about("dispute"),
      about("dispute_won"),
    ]),
    ends: order(750),
  },
]);
