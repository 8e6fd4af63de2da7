import { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import { addDays, type Instant } from "../../words/clock.ts";
import { askForList, type Listed, type ListOrders, type ListRange, maxPages } from "../kit/list-orders.ts";
import { isoTime } from "../kit/members.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import type { SingleReading } from "../shop.ts";
import { readPolarOrder } from "./order.ts";
import { readPolarRefund } from "./refund.ts";

const readers = { orders: readPolarOrder, refunds: readPolarRefund } as const;

const perPage = 100;
/** An order may be paid, and a refund decided, some weeks after it was made. */
const longestOpenDays = 60;

const page = z.object({
  items: z.array(z.looseObject({ created_at: isoTime, modified_at: isoTime.nullish().catch(undefined) })),
});

/**
 * Lists orders and refunds, the newest first: https://polar.sh/docs/api-reference/orders/list. Polar sorts by when they
 * were made, so older ones are looked through as well, for those that changed since.
 */
export const listPolarOrders = (token: string): ListOrders =>
  async function* list(range) {
    yield* listed(token, "orders", range);
    yield* listed(token, "refunds", range);
  };

async function* listed(
  token: string,
  resource: keyof typeof readers,
  { since, now }: ListRange,
): AsyncGenerator<Listed> {
  for (let number = 1; number <= maxPages; number++) {
    const url = new URL(`https://api.polar.sh/v1/${resource}/`);
    url.search = String(
      new URLSearchParams({ sorting: "-created_at", limit: `${perPage}`, page: `${number}` }),
    );
    const { items } = await askForList(url, { authorization: `Bearer ${token}`, schema: page });
    for (const item of items) {
      const { created_at, modified_at } = item;
      if (created_at < addDays(since, -longestOpenDays)) return;
      if (Math.max(created_at, modified_at ?? 0) < since) continue;
      const eventId = `api-${resource}-${typeof item.id === "string" ? item.id : ""}`;
      // The total of an order of which nothing was refunded is not told: what was reverted its refunds say.
      const type =
        resource === "refunds" ? "refund.updated" : item.refunded_amount ? "order.updated" : "order.paid";
      // The times were read above; the readers want them as they were told.
      const told = {
        ...item,
        created_at: iso(created_at),
        modified_at: modified_at ? iso(modified_at) : null,
      };
      const occurred =
        resource === "refunds" ? { eventId: `${eventId}-${String(item.status)}`, type } : { eventId, type };
      yield { resource, reading: asOf(now, readers[resource](occurred, told)) };
    }
    if (items.length < perPage) return;
  }
  throw new ShopApiError(`there are more than ${maxPages * perPage} ${resource}: ask for a later time`);
}

/** A total is named by when the order changed, so that it is told once, and is true now: later than what became of refunds. */
function asOf(now: Instant, reading: SingleReading): SingleReading {
  if (reading.outcome !== "events") return reading;
  const isTotal = (event: PurchaseEvent) => event.effect === "refund" && event.cumulative;
  const events = reading.events.map((event) => (isTotal(event) ? { ...event, occurredAt: now } : event));
  return { ...reading, events };
}

const iso = (at: number): string => new Date(at).toISOString();
