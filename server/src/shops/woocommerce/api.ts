import { z } from "zod";
import { type Instant, isoTime } from "../../words/clock.ts";
import { readJson, readPayload } from "../kit/read-json.ts";
import { askShopApi, ShopApiError } from "../kit/shop-api.ts";
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

const readers = { orders: readWooOrder, subscriptions: readWooSubscription } as const;

/** What of a shop's REST API is read; subscriptions are there with an extension alone. */
export type WooResource = keyof typeof readers;

const perPage = 100;
/** A million objects: a shop that has more is asked for a shorter time. */
const maxPages = 10_000;

const page = z.array(z.record(z.string(), z.unknown())).max(perPage);

/**
 * Reads all objects that changed since a time, oldest first, page by page:
 * https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. An object that changes meanwhile may come twice, and
 * none is left out, since nothing ever leaves what is asked for.
 *
 * @throws ShopApiError when the API gives no answer, or refuses the key
 */
export async function* wooObjects(
  api: WooApi,
  resource: WooResource,
  since: Instant,
): AsyncGenerator<SingleReading> {
  for (let number = 1; number <= maxPages; number++) {
    const objects = await readPage(api, { resource, since, number });
    for (const object of objects) {
      const reading = readers[resource](`api.${resource}`, object);
      yield needsRefunds(reading) ? await withRefunds(reading, api) : reading;
    }
    if (objects.length < perPage) return;
  }
  throw new ShopApiError(`there are more than ${maxPages * perPage} ${resource}: ask for a later time`);
}

async function readPage(
  { url, key, secret }: WooApi,
  { resource, since, number }: { resource: WooResource; since: Instant; number: number },
) {
  const address = new URL(`${url}/wp-json/wc/v3/${resource}`);
  const query = { modified_after: isoTime(since), dates_are_gmt: "true", orderby: "id", order: "asc" };
  for (const [name, value] of Object.entries({ ...query, per_page: perPage, page: number, status: "any" }))
    address.searchParams.set(name, String(value));
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
  const { status, body } = await askShopApi(address, authorization);
  if (status === 404 && resource === "subscriptions") return [];
  if (status === 401 || status === 403)
    throw new ShopApiError(`${address.host} answered ${status}: the consumer key may not read ${resource}`);
  if (status >= 300 && status < 400)
    throw new ShopApiError(`${address.host} answered with a redirect: set the shop's own address as api.url`);
  if (status !== 200) throw new ShopApiError(`${address.host} answered ${status}`);
  const json = readJson(body, { exactNumbers: true });
  const reading = json.outcome === "refused" ? json : readPayload(page, json.value);
  if (reading.outcome === "refused") throw new ShopApiError(`${address.host} sent no list of ${resource}`);
  return reading.value;
}
