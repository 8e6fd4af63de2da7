import { gumroadToken } from "../gumroad-api.ts";
import { gumroadPing, gumroadSale } from "../gumroad-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { iso, type LostStory } from "./story.ts";

const gumroadSales: Json[] = [
  gumroadSale({
    ...{ id: "sale-1==", partially_refunded: true, amount_refundable_in_currency: "75" },
    ...{ disputed: true, dispute_won: true, subscription_id: "sub==" },
  }),
  gumroadSale({
    ...{ id: "sale-2==", recurring_charge: true, created_at: iso(350), price: 5000 },
    ...{ subscription_id: "sub==", refunded: true },
  }),
];
const gumroadAbout = (resource: string, id = "sale-1==") => gumroadPing({ id, resource });

/** Stories of Gumroad whose webhooks may be lost. */
export const gumroadStories: LostStory[] = [
  {
    name: "a part refunded, a dispute that is won, and a renewal that goes back",
    ...{ kind: "gumroad", host: "https://api.gumroad.com", hidesReference: true },
    settings: { apiToken: gumroadToken },
    tells: (ref) => [
      gumroadPing({ id: "sale-1==", params: { ref }, subscription: "sub==" }),
      gumroadAbout("refund"),
      gumroadAbout("dispute"),
      gumroadAbout("dispute_won"),
      gumroadPing({ id: "sale-2==", recurring: true, subscription: "sub==", priceCents: 5000, at: iso(350) }),
      gumroadAbout("refund", "sale-2=="),
    ],
    api:
      () =>
      ({ path }) => {
        const one = /^\/v2\/sales\/([^?]+)/.exec(path)?.[1];
        const sale = gumroadSales.find(({ id }) => id === decodeURIComponent(one ?? ""));
        if (one !== undefined) return { body: { success: true, sale } };
        return { body: { success: true, sales: gumroadSales.toReversed() } };
      },
    ends: { "sale-1==": 750, "sale-2==": 0 },
  },
];
