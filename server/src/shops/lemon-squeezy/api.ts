import { z } from "zod";
import { addDays } from "../../words/clock.ts";
import { askForList, type Listed, type ListOrders, type ListRange, maxPages } from "../kit/list-orders.ts";
import { isoTime } from "../kit/members.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import { lemonReaders } from "./order.ts";

const perPage = 100;
/** How much older than the time asked for an order may be whose refund is found. */
const longestRefundableDays = 120;
/** The API does not tell what the checkout carried: a webhook that is still on its way shall be the first to tell of a sale. */
const freshMs = 3_600_000;

const page = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.looseObject({
        created_at: isoTime,
        updated_at: isoTime.nullish().catch(undefined),
        test_mode: z.boolean().nullish(),
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
  for (let number = 1; number <= maxPages; number++) {
    const url = new URL(`https://api.lemonsqueezy.com/v1/${resource}`);
    url.search = String(new URLSearchParams({ "page[size]": `${perPage}`, "page[number]": `${number}` }));
    const { data } = await askForList(url, {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.api+json",
      schema: page,
    });
    for (const { id, attributes } of data) {
      const { created_at, updated_at } = attributes;
      if (created_at < addDays(since, -longestRefundableDays)) return;
      if (Math.max(created_at, updated_at ?? 0) < since || created_at > now - freshMs) continue;
      const hasRefund = (attributes.refunded_amount ?? 0) > 0;
      for (const type of hasRefund && refunded !== undefined ? [paid, refunded] : [paid]) {
        const event = {
          eventId: `api-${type}-${id}`,
          type,
          live: attributes.test_mode !== true,
          carried: undefined,
        };
        const reading = lemonReaders.get(type)?.(event, { id, attributes: inText(attributes) });
        if (reading !== undefined) yield { resource, reading };
      }
    }
    if (data.length < perPage) return;
  }
  throw new ShopApiError(`there are more than ${maxPages * perPage} ${resource}: ask for a later time`);
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
