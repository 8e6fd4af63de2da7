import { z } from "zod";
import { addDays, type Instant } from "../../words/clock.ts";
import { askForPage, type Listed, type ListOrders, maxPages, noNextPage } from "../kit/list-orders.ts";
import { isoTime } from "../kit/members.ts";
import { readJson } from "../kit/read-json.ts";
import { postToShopApi, ShopApiError } from "../kit/shop-api.ts";
import { shopifyId } from "./ids.ts";
import { readChangedShopifyOrder, readShopifyDispute } from "./losses.ts";
import { readShopifyOrder } from "./order.ts";

/** The version of the Admin API whose orders have the shape that webhooks have. */
const version = "2026-10";
const perPage = 250;
/** How much older than the time asked for a dispute may be whose end is found. */
const longestDisputeDays = 120;

const orderPage = z.object({
  orders: z.array(z.looseObject({ id: shopifyId, updated_at: isoTime })).max(perPage),
});
const disputePage = z.object({
  disputes: z.array(z.looseObject({ id: shopifyId, status: z.string(), initiated_at: isoTime })).max(perPage),
});

/** Where and as whom a shop's Admin API is read. */
interface ShopifyApi {
  url: string;
  token?: string | undefined;
  clientId?: string | undefined;
}

/** The shop with the token that may read it now. */
interface Authorised {
  url: string;
  token: string;
}

const granted = z.object({ access_token: z.string().min(1) });

/**
 * The token of the configuration, or one that the app is granted for a day:
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant.
 */
async function authorise(
  { url, token, clientId = "" }: ShopifyApi,
  secrets: readonly string[],
): Promise<Authorised> {
  if (token !== undefined) return { url, token };
  const address = new URL(`${url}/admin/oauth/access_token`);
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: secrets[0] ?? "" };
  const { status, body } = await postToShopApi(address, form);
  const json = status === 200 ? readJson(body) : undefined;
  const told = json?.outcome === "value" ? granted.safeParse(json.value) : undefined;
  if (!told?.success)
    throw new ShopApiError(`${address.host} answered ${status}: it grants the app no token`, status);
  return { url, token: told.data.access_token };
}

/**
 * Lists orders that changed, each as its webhooks would have told of it and of its refunds, and disputes, the newest
 * first: https://shopify.dev/docs/api/admin-rest/latest/resources/order. Without Shopify Payments there are no disputes.
 */
export const listShopifyOrders = (configured: ShopifyApi, secrets: readonly string[]): ListOrders =>
  async function* list({ since }) {
    const api = await authorise(configured, secrets);
    const changed = { status: "any", updated_at_min: new Date(since).toISOString(), order: "updated_at asc" };
    for await (const { orders } of pages(api, "orders.json", { query: changed, schema: orderPage }))
      for (const order of orders) yield* ofOrder(order);
    yield* disputesOf(api, since);
  };

/** An order tells its refunds as well; one that made no sense as a sale is told once. */
function* ofOrder(order: z.output<typeof orderPage>["orders"][number]): Generator<Listed> {
  const { id, updated_at: at } = order;
  const told = { ...order, updated_at: new Date(at).toISOString() };
  // The same telling of the same order is one event, however often it is read.
  const eventId = `api-order-${id}@${at}`;
  const sale = readShopifyOrder({ eventId, type: "api.orders", at }, told);
  yield { resource: "orders", reading: sale };
  if (sale.outcome === "refused") return;
  const losses = readChangedShopifyOrder(
    { eventId: `api-refunds-${id}@${at}`, type: "api.refunds", at },
    told,
  );
  if (losses.outcome !== "ignored") yield { resource: "refunds", reading: losses };
}

async function* disputesOf(api: Authorised, since: Instant): AsyncGenerator<Listed> {
  const oldest = addDays(since, -longestDisputeDays);
  try {
    const asked = { query: {}, schema: disputePage };
    for await (const { disputes } of pages(api, "shopify_payments/disputes.json", asked)) {
      if (disputes.length > 0 && disputes.every(({ initiated_at }) => initiated_at < oldest)) return;
      for (const { initiated_at: at, ...dispute } of disputes) {
        if (at < oldest) continue;
        const event = { eventId: `api-dispute-${dispute.id}:${dispute.status}`, type: "api.disputes", at };
        const told = { ...dispute, initiated_at: new Date(at).toISOString() };
        yield { resource: "disputes", reading: readShopifyDispute(event, told) };
      }
    }
  } catch (error) {
    // A shop that takes its money by other ways has none, and a token need not be allowed to read them.
    if (!(error instanceof ShopApiError) || (error.status !== 403 && error.status !== 404)) throw error;
  }
}

async function* pages<Schema extends z.ZodType>(
  { url, token }: Authorised,
  path: string,
  { query, schema }: { query: Record<string, string>; schema: Schema },
): AsyncGenerator<z.output<Schema>> {
  let search = new URLSearchParams({ ...query, limit: String(perPage) });
  for (let number = 1; number <= maxPages; number++) {
    const address = new URL(`${url}/admin/api/${version}/${path}`);
    address.search = String(search);
    const ask = {
      authorization: token,
      header: "x-shopify-access-token",
      exactNumbers: true,
      patient: true,
      schema,
    };
    const { value, headers } = await askForPage(address, ask);
    yield value;
    const next = nextIn(headers.link);
    if (next === undefined) return;
    if (next === search.get("page_info")) throw noNextPage(address);
    search = new URLSearchParams({ limit: String(perPage), page_info: next });
  }
  throw new ShopApiError(`there are more than ${maxPages} pages of ${path}: ask for a later time`);
}

/**
 * The name of the next page, by https://shopify.dev/docs/api/admin-rest/usage/pagination. The address itself is not
 * followed: the token goes to the configured shop alone.
 */
function nextIn(header: string | string[] | undefined): string | undefined {
  for (const link of [header ?? []].flat().join(",").split(",")) {
    const [, url] = /^\s*<([^<>\s]+)>;\s*rel="?next"?\s*$/.exec(link) ?? [];
    if (url !== undefined && URL.canParse(url))
      return new URL(url).searchParams.get("page_info") ?? undefined;
  }
  return undefined;
}
