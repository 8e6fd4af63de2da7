import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { polarOrderPaid, polarOrderRefunded } from "../polar-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();

const carried = (reference: string) => ({ id: "7", customData: { ref: reference } });
const back = (reference: string, refundedMinor: number, status = "partial_refund") =>
  lemonOrderRefunded({ ...carried(reference), refundedMinor, status, more: { updated_at: on(3) } });

playStories("lemon-squeezy", [
  {
    name: "an order that its refund alone tells",
    tells: (ref) => [back(ref, 5950)],
    ends: [{ order: "7", earnedMinor: 500, netMinor: 10_000, cycle: "new" }],
  },
  {
    name: "an order that is refunded in full, told by its refund and by its own event",
    tells: (ref) => [lemonOrderCreated(carried(ref)), back(ref, 11_900, "refunded")],
    ends: [{ order: "7", earnedMinor: 0, netMinor: 10_000, outcome: "credited" }],
  },
  {
    name: "an order whose reference its own event alone carries",
    tells: (ref) => [
      lemonOrderCreated(carried(ref)),
      lemonOrderRefunded({ id: "7", refundedMinor: 5950, more: { updated_at: on(3) } }),
    ],
    ends: [{ order: "7", earnedMinor: 500, netMinor: 10_000 }],
  },
  {
    name: "a renewal that its refund alone tells",
    tells: () => [
      lemonSubscriptionPayment({
        name: "subscription_payment_refunded",
        id: "55",
        subscription: 31,
        at: on(365),
        refundedMinor: 5950,
        status: "partial_refund",
      }),
    ],
    ends: [
      {
        order: "subscription-invoice-55",
        earnedMinor: 0,
        netMinor: 10_000,
        cycle: "renewal",
        outcome: "unattributed",
      },
    ],
  },
]);

const sold = (reference: string) => ({ id: "o_1", metadata: { reference_id: reference } });

playStories("polar", [
  {
    name: "an order that its refund alone tells",
    tells: (ref) => [
      polarOrderRefunded({ ...sold(ref), at: on(3), refundedMinor: 5000, refundedTaxMinor: 950 }),
    ],
    ends: [{ order: "o_1", earnedMinor: 500, netMinor: 10_000, cycle: "new" }],
  },
  {
    name: "an order whose reference its own event alone carries",
    tells: (ref) => [
      polarOrderPaid(sold(ref)),
      polarOrderRefunded({ id: "o_1", at: on(3), refundedMinor: 5000, refundedTaxMinor: 950 }),
    ],
    ends: [{ order: "o_1", earnedMinor: 500, netMinor: 10_000 }],
  },
]);
