import { z } from "zod";
import { askForList, type ListOrders, maxPages, noNextPage } from "../kit/list-orders.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import { chargebeeEventTypes, readChargebeeEvent } from "./chargebee.ts";

const perPage = 100;

const page = z.object({
  list: z.array(z.object({ event: z.unknown() })),
  next_offset: z.string().nullish(),
});

/** Lists the very events that webhooks are made of, the oldest first: https://apidocs.chargebee.com/docs/api/events#list_events. */
export const listChargebeeEvents = ({ url, key }: { url: string; key: string }): ListOrders =>
  async function* list({ since }) {
    let offset: string | undefined;
    for (let number = 1; number <= maxPages; number++) {
      const address = new URL(`${url}/api/v2/events`);
      const query = {
        limit: String(perPage),
        "sort_by[asc]": "occurred_at",
        // In whole seconds; the second itself is read again.
        "occurred_at[after]": String(Math.floor(since / 1000) - 1),
        "event_type[in]": JSON.stringify(chargebeeEventTypes),
        ...(offset === undefined ? {} : { offset }),
      };
      address.search = String(new URLSearchParams(query));
      const authorization = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
      const answer = await askForList(address, { authorization, schema: page, patient: true });
      for (const { event } of answer.list) yield { resource: "events", reading: readChargebeeEvent(event) };
      if (!answer.next_offset) return;
      if (answer.next_offset === offset) throw noNextPage(address);
      offset = answer.next_offset;
    }
    throw new ShopApiError(`there are more than ${maxPages * perPage} events: ask for a later time`);
  };
