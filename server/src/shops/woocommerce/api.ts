import { z } from "zod";
import { type Instant, isoTime } from "../../words/clock.ts";
import { askForList, type ListRange } from "../kit/list-orders.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import type { SingleReading } from "../shop.ts";
import { readWooOrder } from "./order.ts";
import { needsRefunds, withRefunds } from "./refunds.ts";
import { readWooSubscription } from "./subscription.ts";

/** Where and as whom a shop's REST API is read. */
export interface WooApi {
  url: string;
  key: string;
  secret: string;
}

/** What of a shop's REST API is read; subscriptions are there with an extension alone. */
export type WooResource = "orders" | "subscriptions";

const readers: Record<WooResource, (type: string, object: unknown, now: Instant) => SingleReading> = {
  orders: readWooOrder,
  subscriptions: readWooSubscription,
};

/** An order in the bin is in no other list. */
const lists: { [Resource in WooResource]: readonly string[] } = {
  orders: ["any", "trash"],
  subscriptions: ["any"],
};

const perPage = 100;
/** Pages overlap by so many, since one that is thrown away meanwhile moves those behind it forward. */
const overlap = 10;
/** Nearly a million objects: a shop that has more is asked for a shorter time. */
const maxPages = 10_000;

const page = z.array(z.record(z.string(), z.unknown())).max(perPage);

/**
 * Reads all objects that changed since a time, oldest first, page by page:
 * https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. An object may come twice, and none is left out.
 *
 * @throws ShopApiError when the API gives no answer, or refuses the key
 */
export async function* wooObjects(
  api: WooApi,
  resource: WooResource,
  { since, now }: ListRange,
): AsyncGenerator<SingleReading> {
  for (const status of lists[resource])
    for (let number = 0; ; number++) {
      if (number === maxPages)
        throw new ShopApiError(`there are more than ${maxPages} pages of ${resource}: ask for a later time`);
      const objects = await readPage(api, { resource, since, status, offset: number * (perPage - overlap) });
      for (const object of objects) {
        const reading = readers[resource](`api.${resource}`, object, now);
        yield needsRefunds(reading) ? await withRefunds(reading, api) : reading;
      }
      if (objects.length < perPage) break;
    }
}

interface Asked {
  resource: WooResource;
  since: Instant;
  status: string;
  offset: number;
}

async function readPage({ url, key, secret }: WooApi, { resource, since, status, offset }: Asked) {
  const address = new URL(`${url}/wp-json/wc/v3/${resource}`);
  const query = { modified_after: isoTime(since), dates_are_gmt: "true", orderby: "id", order: "asc" };
  for (const [name, value] of Object.entries({ ...query, per_page: perPage, offset, status }))
    address.searchParams.set(name, String(value));
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
  try {
    return await askForList(address, { authorization, schema: page, exactNumbers: true, patient: true });
  } catch (error) {
    const { status: answered = 0 } = error as Partial<ShopApiError>;
    if (answered === 404 && resource === "subscriptions") return [];
    if (answered >= 300 && answered < 400)
      throw new ShopApiError(
        `${address.host} answered with a redirect: set the shop's own address as api.url`,
      );
    throw error;
  }
}
