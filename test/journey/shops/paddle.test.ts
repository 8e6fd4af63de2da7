import { paddleAdjustment, paddleTransactionCompleted } from "../../shops/paddle-fixtures.ts";
import { type Moment, tellShopStory } from "./shop-story.ts";

const order = "txn_1";
const subscription = "sub_1";
const envelope = ({ at, number }: Moment) => ({ eventId: `evt_${number}`, occurredAt: at });
const adjusted = (told: Moment, more: Parameters<typeof paddleAdjustment>[0]) =>
  paddleAdjustment({ ...envelope(told), transaction: order, ...more });

tellShopStory({
  kind: "paddle",
  order,
  sale: (told) => [
    paddleTransactionCompleted({
      ...envelope(told),
      id: order,
      customData: { reference: told.reference },
      ...(told.subscription ? { subscription } : {}),
    }),
  ],
  renewal: {
    order: "txn_2",
    event: (told) =>
      paddleTransactionCompleted({
        ...envelope(told),
        id: "txn_2",
        origin: "subscription_recurring",
        subscription,
      }),
  },
  partialRefund: (told) => adjusted(told, { id: "adj_1", totalMinor: 3570 }),
  fullRefund: (told) => adjusted(told, { id: "adj_2", totalMinor: told.afterPartial ? 8330 : 11900 }),
  dispute: {
    opened: (told) => adjusted(told, { id: "adj_3", action: "chargeback", type: "adjustment.created" }),
    won: (told) => adjusted(told, { id: "adj_4", action: "chargeback_reverse", type: "adjustment.created" }),
  },
  resent: (event) => ({ ...event, event_id: `${event.event_id}again` }),
  asTest: (event) => ({ ...event, event_id: `ntfsim${event.event_id}` }),
});
