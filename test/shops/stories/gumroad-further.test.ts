import { gumroadPing } from "../gumroad-fixtures.ts";
import { copyOf, gumroadApiOfStories, id, order, sold } from "./gumroad-tellings.ts";
import { playStories } from "./story.ts";

const api = gumroadApiOfStories();
const { when } = api;
const about = (resource: string) => gumroadPing({ id, resource });
const partly = (left: string, price: string) => ({
  partially_refunded: true,
  amount_refundable_in_currency: left,
  formatted_total_price: price,
});

/** A story whose pings all come when the API tells how it ended, as the API tells only that. */
const ended = (sale: object, pings: (ref: string) => unknown[]) => (ref: string) => {
  api.tellAnew({ id, ...sale });
  return pings(ref);
};

playStories("gumroad", [
  {
    name: "a form with its brackets in clear, fields that come twice, and signs of all kinds",
    tells: ended({}, (ref) => [
      [
        `sale_id=${encodeURIComponent(id)}`,
        "product_name=Farbe+%26+Pinsel+%F0%9F%8E%A8",
        "email=an.n%2Btest%40customer.example",
        `url_params[ref]=${ref}`,
        "url_params[ref]=another",
        "url_params%5Bnote%5D=%E4%B8%AD%0Aline",
        "custom_fields[%C3%9C]=%00",
        "price=10000",
        "price=1",
        "currency=usd&quantity=1&resource_name=sale&resource_name=refund",
        "sale_timestamp=2025-11-19T14%3A13%3A10Z",
        "&&=&novalue",
      ].join("&"),
    ]),
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "refunds in three parts, each told as it stands then",
    tells: ended({}, (ref) => [
      sold(ref),
      when(partly("80", "$100"), about("refund")),
      when(partly("55.50", "$100"), about("refund")),
      when({ refunded: true, partially_refunded: false }, about("refund")),
    ]),
    ends: order(0),
    inOrder: true,
  },
  {
    name: "a dispute that is won, and another one",
    tells: ended({}, (ref) => [
      sold(ref),
      when({ disputed: true }, about("dispute")),
      when({ disputed: true, dispute_won: true }, about("dispute_won")),
      when({ disputed: true, dispute_won: false }, about("dispute")),
    ]),
    ends: order(0),
    inOrder: true,
  },
  {
    name: "a dispute that is won after another that was won",
    tells: ended({}, (ref) => [
      sold(ref),
      when({ disputed: true }, about("dispute")),
      when({ disputed: true, dispute_won: true }, about("dispute_won")),
      when({ disputed: true, dispute_won: false }, about("dispute")),
      when({ disputed: true, dispute_won: true }, about("dispute_won")),
    ]),
    ends: order(1000),
    inOrder: true,
  },
  {
    name: "prices in yen and in euros with a comma, a part of each given back",
    tells: ended(partly("¥11,305", "¥11,900"), (ref) => {
      api.tell({ id: "euro==", ...partly("1190.50", "€2,381"), price: 10_000 });
      return [
        sold(ref),
        about("refund"),
        sold(ref, { id: "euro==", more: copyOf(`euro${ref}`) }),
        gumroadPing({ id: "euro==", resource: "refund" }),
      ];
    }),
    ends: [...order(950), { order: "euro==", earnedMinor: 500 }],
  },
  {
    name: "a subscription that is cancelled, ended and restarted, and a smaller plan",
    tells: ended({}, (ref) => {
      const later = { recurring_charge: true, created_at: "2026-11-19T14:13:10Z" };
      api.tell({ id: "later==", ...later, price: 5000 });
      const renewed = gumroadPing({
        id: "later==",
        subscription: "sub==",
        recurring: true,
        priceCents: 5000,
      });
      return [
        sold(ref, { subscription: "sub==" }),
        gumroadPing({ id, resource: "cancellation" }),
        gumroadPing({ id, resource: "subscription_ended" }),
        gumroadPing({ id, resource: "subscription_restarted" }),
        gumroadPing({ id, resource: "subscription_updated" }),
        gumroadPing({ id, resource: "brand_new" }),
        renewed,
      ];
    }),
    ends: [...order(1000), { order: "later==", earnedMinor: 500, cycle: "renewal" }],
  },
  {
    name: "with the least that a ping and a sale have",
    tells: (ref) => {
      api.put({ id, created_at: "2025-11-19T14:13:10Z", price: 10_000 });
      return [{ sale_id: id, price: "10000", "url_params[ref]": ref }];
    },
    ends: order(1000, { netMinor: 10_000 }),
  },
]);
