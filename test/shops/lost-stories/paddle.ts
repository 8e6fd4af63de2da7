import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { iso, type LostStory } from "./story.ts";

const envelope = (day: number) => ({
  eventId: `evt_${String(day).padStart(4, "0")}`,
  occurredAt: iso(day + 300),
});
const adjusted = (day: number, id: string, more: object) =>
  paddleAdjustment({
    ...envelope(day),
    ...{ id, transaction: "txn_1", totalMinor: 2380, subtotalMinor: 2000, ...more },
  });
const paddleTells = (reference: string) => [
  paddleTransactionCompleted({
    ...envelope(0),
    ...{ id: "txn_1", customData: { reference }, subscription: "sub_1" },
  }),
  adjusted(2, "adj_1", { status: "pending_approval" }),
  adjusted(3, "adj_1", {}),
  adjusted(9, "adj_2", { action: "chargeback" }),
  adjusted(40, "adj_3", { action: "chargeback_reverse" }),
  paddleTransactionCompleted({
    ...envelope(60),
    ...{ id: "txn_2", origin: "subscription_recurring", subscription: "sub_1" },
  }),
];

/** Stories of Paddle whose webhooks may be lost. */
export const paddleStories: LostStory[] = [
  {
    name: "a refund, a chargeback that is reversed, and a renewal",
    ...{ kind: "paddle", host: "https://api.paddle.com", settings: { api: { token: "pdl_live_1" } } },
    tells: paddleTells,
    api: (reference) => () => ({
      body: {
        data: paddleTells(reference).toReversed(),
        meta: { pagination: { has_more: false, next: null } },
      },
    }),
    ends: { txn_1: 800, txn_2: 1000 },
  },
];
