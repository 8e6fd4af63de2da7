import { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import { addDays, type Instant } from "../../words/clock.ts";
import { askForList, type Listed, type ListOrders, type ListRange } from "../kit/list-orders.ts";
import { isoTime } from "../kit/members.ts";
import { numberedPages } from "../kit/numbered-pages.ts";
import type { SingleReading } from "../shop.ts";
import { readPolarOrder } from "./order.ts";
import { readPolarRefund } from "./refund.ts";

const readers = { orders: readPolarOrder, refunds: readPolarRefund } as const;

const perPage = 100;
/** An order may be paid, and a refund decided, some weeks after it was made. */
const longestOpenDays = 60;

const page = z.object({
  items: z.array(z.looseObject({ created_at: isoTime, modified_at: isoTime.nullish().catch(undefined) })),
  pagination: z
    .object({ total_count: z.int().min(0), max_page: z.int().min(0) })
    .nullish()
    .catch(undefined),
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
  const oldest = addDays(since, -longestOpenDays);
  const items = numberedPages<z.output<typeof page>["items"][number]>({
    resource,
    perPage,
    isTooOld: ({ created_at }) => created_at < oldest,
    async read(number) {
      const url = new URL(`https://api.polar.sh/v1/${resource}/`);
      const query = { sorting: "-created_at", limit: `${perPage}`, page: `${number}` };
      url.search = String(new URLSearchParams(query));
      const authorization = `Bearer ${token}`;
      const { items, pagination } = await askForList(url, { authorization, schema: page, patient: true });
      return { items, total: pagination?.total_count, last: pagination?.max_page };
    },
  });
  for await (const item of items) {
    const { created_at, modified_at } = item;
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
}

/** A total is named by when the order changed, so that it is told once, and is true now: later than what became of refunds. */
function asOf(now: Instant, reading: SingleReading): SingleReading {
  if (reading.outcome !== "events") return reading;
  const isTotal = (event: PurchaseEvent) => event.effect === "refund" && event.cumulative;
  const events = reading.events.map((event) => (isTotal(event) ? { ...event, occurredAt: now } : event));
  return { ...reading, events };
}

const iso = (at: number): string => new Date(at).toISOString();
