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
const copyOf = (ref: string) => ({ license_key: `COPY-${ref}`, email: `${ref}@customer.example` });
const sold = (ref: string, more: GumroadPing = {}) =>
  gumroadPing({ id, params: { ref }, ...more, more: { ...copyOf(ref), ...more.more } });
const about = (resource: string, sale = id) => gumroadPing({ id: sale, resource });

/** A story whose pings all come when the API tells how it ended; of each sale what is told beyond a plain one. */
const ended = (sales: Record<string, object>, pings: (ref: string) => unknown[]) => (ref: string) => {
  for (const [sale, told] of Object.entries(sales)) {
    api.sales.delete(sale);
    api.tell({ id: sale, ...told });
  }
  return pings(ref);
};

playStories("gumroad", [
  {
    name: "three of a variant with an SKU, billed each quarter, and a term that tells no term",
    tells: ended(
      {
        [id]: { quantity: 3, subscription_id: "sub-q" },
        "sale-2==": { price: 4000, recurring_charge: true, created_at: "2026-02-19T14:13:10Z" },
      },
      (ref) => [
        sold(ref, {
          subscription: "sub-q",
          more: {
            quantity: "3",
            recurrence: "quarterly",
            "variants[Tier]": "Pro",
            "variants[Version]": "Größe L",
            sku_id: "SKU-7",
          },
        }),
        gumroadPing({
          id: "sale-2==",
          subscription: "sub-q",
          recurring: true,
          more: { recurrence: "brand_new", quantity: "many", ...copyOf(`${ref}x`) },
        }),
      ],
    ),
    ends: [
      ...order(1000, {
        lines: [
          {
            articles: ["32-nPainqpLj1B_WIwVlMw==", "acme-paint", "XCBbJ", "SKU-7", "Pro", "Größe L"],
            quantity: 3,
            period: "P3M",
            kind: "new",
          },
        ],
      }),
      {
        order: "sale-2==",
        earnedMinor: 400,
        cycle: "renewal",
        lines: [{ quantity: 1, period: null, kind: "renewal" }],
      },
    ],
  },
  {
    name: "two products of one cart, one of them given back, with one licence each",
    tells: ended({ [id]: {}, "sale-2==": { refunded: true } }, (ref) => [
      sold(ref),
      sold(ref, { id: "sale-2==", more: { license_key: `OTHER-${ref}`, product_id: "other==" } }),
      about("refund", "sale-2=="),
    ]),
    ends: [...order(1000), { order: "sale-2==", earnedMinor: 0 }],
  },
  {
    name: "charged back as older sales tell it, and another that the API calls won alone",
    tells: ended({ [id]: { chargedback: true }, "sale-2==": { dispute_won: true } }, (ref) => [
      sold(ref),
      about("dispute"),
      sold(ref, { id: "sale-2==", more: { license_key: `OTHER-${ref}` } }),
      about("dispute", "sale-2=="),
    ]),
    ends: [...order(0), { order: "sale-2==", earnedMinor: 1000 }],
  },
  {
    name: "a ping of a sale beside a test of the same product, and one without its resource's name",
    tells: ended({ [id]: {} }, (ref) => [
      sold(ref, { id: "sale-test==", test: true }),
      Object.fromEntries(Object.entries(sold(ref)).filter(([name]) => name !== "resource_name")),
    ]),
    ends: [...order(1000), { order: "sale-test==", earnedMinor: 0, unknown: true }],
  },
  {
    name: "a plan raised for nothing, then at a price, by the subscription alone",
    tells: ended(
      {
        [id]: { subscription_id: "sub-u" },
        "sale-2==": { price: 0, is_upgrade_purchase: true, created_at: "2026-03-19T14:13:10Z" },
        "sale-3==": { price: 2500, is_upgrade_purchase: true, created_at: "2026-04-19T14:13:10Z" },
      },
      (ref) => [
        sold(ref, { subscription: "sub-u" }),
        ...["sale-2==", "sale-3=="].map((sale) =>
          gumroadPing({ id: sale, subscription: "sub-u", more: copyOf(`${ref}${sale}`) }),
        ),
      ],
    ),
    ends: [
      ...order(1000),
      { order: "sale-2==", earnedMinor: 0, cycle: "renewal", outcome: "credited" },
      { order: "sale-3==", earnedMinor: 250, cycle: "renewal", lines: [{ kind: "upgrade" }] },
    ],
  },
]);
