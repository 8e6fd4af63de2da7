import { z } from "zod";
import { askForList, type ListOrders, maxPages } from "../kit/list-orders.ts";
import { idText, isoTime } from "../kit/members.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import { paddleEventTypes, readPaddleEvent } from "./paddle.ts";

const perPage = 200;
/** Paddle tells its events for 90 days: https://developer.paddle.com/api-reference/events/list-events. */
const keptMs = 90 * 86_400_000;

const page = z.object({
  data: z.array(z.looseObject({ event_id: idText, event_type: z.string(), occurred_at: z.string() })),
  meta: z.object({ pagination: z.object({ has_more: z.boolean() }) }),
});

/** Keys of the sandbox, which is a host of its own, begin so. */
const sandboxKey = /^pdl_sdbx_/;

/**
 * Lists the very events that webhooks are made of, the newest first. Their ids grow with time, so the first that is older
 * than the time asked for ends the list.
 *
 * @throws ShopApiError for a time from which on Paddle does not tell its events any more
 */
export const listPaddleEvents = (token: string): ListOrders =>
  async function* list({ since, now }) {
    if (since < now - keptMs)
      throw new ShopApiError("Paddle tells its events for 90 days: ask for a later time, with --since DATE");
    let after: string | undefined;
    for (let number = 1; number <= maxPages; number++) {
      const url = new URL(
        sandboxKey.test(token) ? "https://sandbox-api.paddle.com/events" : "https://api.paddle.com/events",
      );
      const query = {
        per_page: String(perPage),
        order_by: "id[DESC]",
        ...(after === undefined ? {} : { after }),
      };
      url.search = String(new URLSearchParams(query));
      const { data, meta } = await askForList(url, { authorization: `Bearer ${token}`, schema: page });
      for (const event of data) {
        if ((isoTime.safeParse(event.occurred_at).data ?? now) < since) return;
        if (paddleEventTypes.includes(event.event_type))
          yield { resource: "events", reading: readPaddleEvent(event) };
      }
      after = data.at(-1)?.event_id;
      if (!meta.pagination.has_more || after === undefined) return;
    }
    throw new ShopApiError(`there are more than ${maxPages * perPage} events: ask for a later time`);
  };
