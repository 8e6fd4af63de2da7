import { polarOrderPaid, polarOrderRefunded } from "../../shops/polar-fixtures.ts";
import { tellShopStory } from "./shop-story.ts";

const order = "57107b74-8400-4d80-a2fc-54c2b4239cb3";
const subscription = "e5149aae-e521-42b9-b24c-abb3d71eea2e";

tellShopStory({
  kind: "polar",
  order,
  sale: ({ at, reference, subscription: recurring }) => [
    polarOrderPaid({
      at,
      id: order,
      metadata: { reference_id: reference },
      ...(recurring ? { billingReason: "subscription_create", subscription } : {}),
    }),
  ],
  renewal: {
    order: "68107b74-8400-4d80-a2fc-54c2b4239cb5",
    event: ({ at }) =>
      polarOrderPaid({
        at,
        id: "68107b74-8400-4d80-a2fc-54c2b4239cb5",
        billingReason: "subscription_cycle",
        subscription,
        more: { checkout_id: null },
      }),
  },
  partialRefund: ({ at }) =>
    polarOrderRefunded({ at, id: order, refundedMinor: 3000, refundedTaxMinor: 570 }),
  fullRefund: ({ at }) => polarOrderRefunded({ at, id: order }),
});
