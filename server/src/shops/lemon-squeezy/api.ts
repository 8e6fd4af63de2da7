import { z } from "zod";
import { addDays } from "../../words/clock.ts";
import { askForList, asListed, type Listed, type ListOrders, type ListRange } from "../kit/list-orders.ts";
import { isoTime } from "../kit/members.ts";
import { numberedPages } from "../kit/numbered-pages.ts";
import { lemonReaders } from "./order.ts";

const perPage = 100;
/** How much older than the time asked for an order may be whose refund is found. */
const longestRefundableDays = 120;
/** The API does not tell what the checkout carried: a webhook that is still on its way shall be the first to tell of a sale. */
const freshMs = 3_600_000;

const page = z.object({
  meta: z
    .object({ page: z.object({ total: z.int().min(0), lastPage: z.int().min(0) }) })
    .nullish()
    .catch(undefined),
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.looseObject({
        created_at: isoTime,
        updated_at: isoTime.nullish().catch(undefined),
        test_mode: z.boolean().nullish(),
        refunded: z.boolean().nullish().catch(undefined),
        refunded_amount: z.int().nullish(),
      }),
    }),
  ),
});

/** What is listed, with the events that would have told of it and of its refunds. */
const resources = [
  { resource: "orders", paid: "order_created", refunded: "order_refunded" },
  { resource: "subscriptions", paid: "subscription_created", refunded: undefined },
  {
    resource: "subscription-invoices",
    paid: "subscription_payment_success",
    refunded: "subscription_payment_refunded",
  },
] as const;

/**
 * Lists orders, subscriptions and their invoices, the newest first: https://docs.lemonsqueezy.com/api/orders/list-all-orders.
 * Older ones are looked through for refunds.
 */
export const listLemonOrders = (token: string): ListOrders =>
  async function* list(range) {
    for (const kind of resources) yield* listed(token, kind, range);
  };

async function* listed(
  token: string,
  { resource, paid, refunded }: (typeof resources)[number],
  { since, now }: ListRange,
): AsyncGenerator<Listed> {
  const oldest = addDays(since, -longestRefundableDays);
  const objects = numberedPages<z.output<typeof page>["data"][number]>({
    resource,
    perPage,
    isTooOld: ({ attributes }) => attributes.created_at < oldest,
    async read(number) {
      const url = new URL(`https://api.lemonsqueezy.com/v1/${resource}`);
      url.search = String(new URLSearchParams({ "page[size]": `${perPage}`, "page[number]": `${number}` }));
      const { data, meta } = await askForList(url, {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.api+json",
        schema: page,
        patient: true,
      });
      return { items: data, total: meta?.page.total, last: meta?.page.lastPage };
    },
  });
  for await (const { id, attributes } of objects) {
    const { created_at, updated_at } = attributes;
    if (Math.max(created_at, updated_at ?? 0) < since || created_at > now - freshMs) continue;
    const hasRefund = (attributes.refunded_amount ?? 0) > 0 || attributes.refunded === true;
    // The event of a refund tells the sale as well.
    const type = hasRefund && refunded !== undefined ? refunded : paid;
    const live = attributes.test_mode !== true;
    const event = { eventId: `api-${type}-${id}`, type, live, carried: undefined };
    const reading = lemonReaders.get(type)?.(event, { id, attributes: inText(attributes) });
    if (reading?.outcome === "events")
      yield { resource, reading: { ...reading, events: reading.events.map(asListed) } };
    else if (reading !== undefined) yield { resource, reading };
  }
}

/** The times were read above; the readers want them as they were told. */
const inText = ({
  created_at,
  updated_at,
  ...attributes
}: {
  created_at: number;
  updated_at?: number | null | undefined;
}) => ({
  ...attributes,
  created_at: new Date(created_at).toISOString(),
  updated_at: updated_at ? new Date(updated_at).toISOString() : null,
});
