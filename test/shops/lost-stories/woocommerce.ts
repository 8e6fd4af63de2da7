import type { Json } from "../stripe-fixtures.ts";
import { wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { iso, type LostStory } from "./story.ts";

const day = (number: number) => iso(number).slice(0, 19);
const wooTold = (reference: string, number: number, order: Parameters<typeof wooOrderUpdated>[0] = {}) =>
  wooOrderUpdated({
    ...{ meta: { reference }, paidAt: day(0), status: "completed", ...order },
    more: { date_modified_gmt: day(number) },
  });
const wooRenewed = (number: number, refunds: { id: number; total: string }[] = []) =>
  wooOrderUpdated({
    ...{ id: 801, meta: { _subscription_renewal: "728" }, paidAt: day(350), status: "completed", refunds },
    more: { date_modified_gmt: day(number) },
  });
const woo = (
  name: string,
  tells: LostStory["tells"],
  last: { any: (reference: string) => Json[]; trash?: (reference: string) => Json[]; subscriptions?: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "woocommerce", host: "https://shop.acme.example" },
  settings: { api: { url: "https://shop.acme.example", key: "ck_1", secret: "cs_1" } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => {
      if (path.includes("/refunds")) return { body: [] };
      if (path.includes("/subscriptions")) return { body: last.subscriptions ?? [] };
      return { body: (path.includes("status=trash") ? last.trash : last.any)?.(reference) ?? [] };
    },
});

/** Stories of WooCommerce whose webhooks may be lost. */
export const wooStories: LostStory[] = [
  woo(
    "a refund that is deleted and entered anew, and a renewal of which half goes back",
    (reference) => [
      wooTold(reference, 0),
      wooTold(reference, 2, { refunds: [{ id: 810, total: "-59.50" }] }),
      wooTold(reference, 3),
      wooTold(reference, 4, { refunds: [{ id: 811, total: "-23.80" }] }),
      wooSubscriptionCreated(),
      wooRenewed(360, [{ id: 812, total: "-59.50" }]),
    ],
    {
      any: (reference) => [
        wooTold(reference, 4, { refunds: [{ id: 811, total: "-23.80" }] }),
        wooRenewed(360, [{ id: 812, total: "-59.50" }]),
      ],
      subscriptions: [wooSubscriptionCreated()],
    },
    { "727": 800, "801": 500 },
  ),
  woo(
    "a dispute that is lost, and an order that is thrown away",
    (reference) => [
      wooTold(reference, 0),
      wooTold(reference, 5, { status: "on-hold" }),
      wooTold(reference, 40, { status: "failed" }),
      wooTold(reference, 1, { id: 730 }),
      wooTold(reference, 6, { id: 730, status: "trash" }),
    ],
    {
      any: (reference) => [wooTold(reference, 40, { status: "failed" })],
      trash: (reference) => [wooTold(reference, 6, { id: 730, status: "trash" })],
    },
    { "727": 0, "730": 0 },
  ),
];
