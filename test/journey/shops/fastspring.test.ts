import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../../shops/fastspring-fixtures.ts";
import { type Moment, tellShopStory } from "./shop-story.ts";

const id = "NRlOHP0TSM6MwxzPMoc-dg";
const subscription = "7IWnuxvIQSOPxDHmsCrW9g";
const envelope = ({ at, number }: Moment) => ({ eventId: `event-${number}`, createdMs: Date.parse(at) });

/** The batch again, its first event changed. */
function changed(batch: Record<string, unknown>, change: (event: Record<string, unknown>) => object) {
  const [event = {}] = batch.events as Record<string, unknown>[];
  return fastspringBatch({ ...event, ...change(event) });
}

tellShopStory({
  kind: "fastspring",
  order: "ACM251119-7891-01112",
  sale: (told) => [
    fastspringBatch(
      fastspringOrderCompleted({
        ...envelope(told),
        tags: { reference: told.reference },
        ...(told.subscription ? { subscription } : {}),
      }),
    ),
  ],
  renewal: {
    order: "ACM261119-7891-01113",
    event: (told) =>
      fastspringBatch(
        fastspringChargeCompleted({
          ...envelope(told),
          id: "ORlOHP0TSM6MwxzPMoc-dh",
          reference: "ACM261119-7891-01113",
          subscription,
        }),
      ),
  },
  partialRefund: (told) =>
    fastspringBatch(
      fastspringReturnCreated({ ...envelope(told), id: "return-1", original: id, total: 35.7 }),
    ),
  fullRefund: (told) =>
    fastspringBatch(
      fastspringReturnCreated({
        ...envelope(told),
        id: "return-2",
        original: id,
        total: told.afterPartial ? 83.3 : 119,
      }),
    ),
  resent: (batch) => changed(batch, ({ id }) => ({ id: `${id}-again` })),
  asTest: (batch) => changed(batch, () => ({ live: false })),
});
