import { moneySet, shopifyDispute, shopifyOrderPaid, shopifyRefundCreated } from "../shopify-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { iso, type LostStory } from "./story.ts";

const shopifyNumber = 5_421_877_985_512;
const shopifyPaid = (reference: string, day: number, more: Json = {}) =>
  shopifyOrderPaid({ attributes: { reference }, at: iso(0), more: { updated_at: iso(day), ...more } });
const shopifyBack = (day: number, amount: string, more: object = {}) =>
  shopifyRefundCreated({ id: 900 + day, amount, at: iso(day), ...more });
const shopifyDisputed = (status: string, finalizedOn: string | null = null) =>
  shopifyDispute({
    ...{ topic: finalizedOn === null ? "disputes/create" : "disputes/update", amount: "23.80" },
    ...{ status, at: iso(9), finalizedOn },
  });
const edited: Json = {
  current_total_price: "59.50",
  current_total_price_set: moneySet("59.50", "EUR"),
  current_total_tax: "9.50",
  current_total_tax_set: moneySet("9.50", "EUR"),
};
const shopify = (
  name: string,
  tells: LostStory["tells"],
  last: { orders: (reference: string) => Json[]; disputes?: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "shopify", host: "https://acme.myshopify.com" },
  settings: { api: { url: "https://acme.myshopify.com", token: "shpat_1" } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => ({
      body: path.includes("disputes")
        ? { disputes: last.disputes ?? [] }
        : { orders: last.orders(reference) },
    }),
});

/** Stories of Shopify whose webhooks may be lost. */
export const shopifyStories: LostStory[] = [
  shopify(
    "two refunds of which one fails, and a dispute that is won",
    (reference) => [
      shopifyPaid(reference, 0),
      shopifyBack(2, "59.50"),
      shopifyBack(3, "11.90", { status: "failure" }),
      shopifyPaid(reference, 3, {
        financial_status: "partially_refunded",
        refunds: [shopifyBack(2, "59.50"), shopifyBack(3, "11.90", { status: "failure" })],
      }),
      shopifyDisputed("needs_response"),
      shopifyDisputed("won", iso(40)),
    ],
    {
      orders: (reference) => [
        shopifyPaid(reference, 3, {
          financial_status: "partially_refunded",
          refunds: [shopifyBack(2, "59.50"), shopifyBack(3, "11.90", { status: "failure" })],
        }),
      ],
      disputes: [shopifyDisputed("won", iso(40))],
    },
    { [shopifyNumber]: 500 },
  ),
  shopify(
    "an order that is edited to less, the difference paid back, and a dispute that is lost",
    (reference) => [
      shopifyPaid(reference, 0),
      shopifyPaid(reference, 3, edited),
      shopifyBack(4, "59.50"),
      shopifyPaid(reference, 4, { ...edited, refunds: [shopifyBack(4, "59.50")] }),
      shopifyDisputed("needs_response"),
      shopifyDisputed("lost", iso(40)),
    ],
    {
      orders: (reference) => [shopifyPaid(reference, 4, { ...edited, refunds: [shopifyBack(4, "59.50")] })],
      disputes: [shopifyDisputed("lost", iso(40))],
    },
    { [shopifyNumber]: 300 },
  ),
];
