import { z } from "zod";
import { askForList, type ListOrders, maxPages, noNextPage } from "../kit/list-orders.ts";
import { idText, isoTime } from "../kit/members.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import { paddleEventTypes, readPaddleEvent } from "./paddle.ts";

const perPage = 200;
/** Paddle tells its events for 90 days: https://developer.paddle.com/api-reference/events/list-events. */
const keptMs = 90 * 86_400_000;

const page = z.object({
  data: z.array(z.looseObject({ event_id: idText, event_type: z.string(), occurred_at: z.string() })),
  meta: z.object({
    pagination: z.object({ has_more: z.boolean(), next: z.string().nullish().catch(undefined) }),
  }),
});

/** Keys of the sandbox, which is a host of its own, begin so. */
const sandboxKey = /^pdl_sdbx_/;

/**
 * Lists the very events that webhooks are made of, the newest first. Their ids grow with time, so a page on which all are
 * older than the time asked for ends the list.
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
      const { data, meta } = await askForList(url, {
        authorization: `Bearer ${token}`,
        schema: page,
        patient: true,
      });
      const isOld = ({ occurred_at }: (typeof data)[number]) =>
        (isoTime.safeParse(occurred_at).data ?? now) < since;
      for (const event of data)
        if (!isOld(event) && paddleEventTypes.includes(event.event_type))
          yield { resource: "events", reading: readPaddleEvent(event) };
      const { has_more, next } = meta.pagination;
      if (!has_more || (data.length > 0 && data.every(isOld))) return;
      const last: string | undefined = data.at(-1)?.event_id ?? afterIn(next);
      if (last === undefined || last === after) throw noNextPage(url);
      after = last;
    }
    throw new ShopApiError(`there are more than ${maxPages * perPage} events: ask for a later time`);
  };

/** Where the address of the next page begins; the address itself is not followed, since the key would go with it. */
const afterIn = (next: string | null | undefined): string | undefined =>
  next && URL.canParse(next) ? (new URL(next).searchParams.get("after") ?? undefined) : undefined;
