import {
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyDispute,
  shopifyEvent,
  shopifyOrderPaid,
  shopifyRefundCreated,
  topicOf,
} from "../../shops/shopify-fixtures.ts";
import { tellShopStory } from "./shop-story.ts";

const order = 5_421_877_985_512;
const next = 5_999_877_985_513;

tellShopStory({
  kind: "shopify",
  order: String(order),
  sale: ({ at, reference, subscription }) => [
    shopifyOrderPaid({ at, id: order, attributes: { reference } }),
    ...(subscription ? [shopifyContractCreated(order)] : []),
  ],
  renewal: {
    order: String(next),
    event: ({ at }) => shopifyOrderPaid({ at, id: next, source: "subscription_contract" }),
    belongs: () => shopifyBillingAttempt(next),
  },
  partialRefund: ({ at }) => shopifyRefundCreated({ at, id: 1, order, amount: "35.70" }),
  fullRefund: ({ at, afterPartial }) =>
    shopifyRefundCreated({ at, id: 2, order, amount: afterPartial ? "83.30" : "119.00" }),
  dispute: {
    opened: ({ at }) => shopifyDispute({ at, order }),
    won: ({ at }) => shopifyDispute({ at, order, topic: "disputes/update", status: "won", finalizedOn: at }),
  },
  asTest: (event) => shopifyEvent(topicOf(event), { ...event, test: true }),
});
