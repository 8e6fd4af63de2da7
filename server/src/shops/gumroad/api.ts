import { z } from "zod";
import { linesOf } from "../../events/order-line.ts";
import type { DisputeEvent, PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { addDays, type Instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { articlesOf } from "../kit/articles.ts";
import { countryByName } from "../kit/country.ts";
import { askForList, asListed, type ListOrders, maxPages, noNextPage } from "../kit/list-orders.ts";
import { anyText, claim, couponClaims, currencyOf, idsOf, idText, present } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import type { SingleReading } from "../shop.ts";
import { confirmedBy, type GumroadSale, gumroadSaleSchema } from "./sale.ts";

const anyId = idText.nullish().catch(undefined);

const listedSale = z.object({
  ...gumroadSaleSchema.shape,
  purchase_email: anyText,
  email: anyText,
  country: anyText,
  license_key: anyText,
  offer_code: z
    .union([z.string(), z.object({ code: anyText }).transform(({ code }) => code)])
    .nullish()
    .catch(undefined),
  subscription_id: anyId,
  product_id: anyText,
  product_permalink: anyText,
  sku_id: anyText,
  quantity: z.int().min(1).max(1_000_000).nullish().catch(undefined),
  is_gift_sender_purchase: z.boolean().nullish(),
});
type Listed = z.output<typeof listedSale>;

const page = z.object({
  success: z.literal(true),
  sales: z.array(z.unknown()),
  next_page_key: z.string().nullish(),
  next_page_url: z.string().nullish().catch(undefined),
});

/** How much older than the time asked for a sale may be whose refund or dispute is found. */
const longestDisputableDays = 120;
/** The API does not tell what stood in the product's address: a ping that is still on its way shall be the first. */
const freshMs = 3_600_000;

/**
 * Lists sales, the newest first: https://app.gumroad.com/api#sales. Older ones are looked through for refunds and
 * disputes. A gift is told by its giver's sale here and by the other's in pings: it is left to pings.
 */
export const listGumroadSales = (apiToken: string): ListOrders =>
  async function* list({ since, now }) {
    let key: string | undefined;
    for (let number = 1; number <= maxPages; number++) {
      const url = new URL("https://api.gumroad.com/v2/sales");
      const after = new Date(addDays(since, -longestDisputableDays)).toISOString().slice(0, 10);
      url.search = String(new URLSearchParams(key === undefined ? { after } : { after, page_key: key }));
      const answer = await askForList(url, {
        authorization: `Bearer ${apiToken}`,
        schema: page,
        patient: true,
      });
      for (const value of answer.sales) {
        const told = readPayload(listedSale, value);
        if (told.outcome === "refused") {
          yield { resource: "sales", reading: told };
          continue;
        }
        const sale = told.value;
        if (sale.created_at > now - freshMs) continue;
        const isOld = sale.created_at < since;
        if (isOld && !sale.refunded && !sale.partially_refunded && !isDisputed(sale)) continue;
        yield { resource: "sales", reading: readListed(sale, now) };
      }
      const next: string | undefined = answer.next_page_key || keyIn(answer.next_page_url);
      if (!next) return;
      if (next === key) throw noNextPage(url);
      key = next;
    }
    throw new ShopApiError(`there are more than ${maxPages} pages of sales: ask for a later time`);
  };

const isDisputed = ({ disputed, chargedback, dispute_won }: GumroadSale): boolean =>
  Boolean(disputed || chargedback || dispute_won);

/** The key of the next page in its address, which is told as a path. */
const keyIn = (url: string | null | undefined): string | undefined =>
  new URLSearchParams(url?.split("?")[1] ?? "").get("page_key") ?? undefined;

function readListed(sale: Listed, now: Instant): SingleReading {
  const isGift = sale.is_gift_sender_purchase || sale.is_gift_receiver_purchase;
  if (isGift || sale.is_preorder_authorization)
    return {
      outcome: "ignored",
      type: isGift ? "gift" : "preorder_authorization",
      eventId: `sale:${sale.id}`,
    };
  const claimed: PurchaseEvent[] = [saleOf(sale), ...lossesOf(sale, now)];
  const events = claimed.flatMap((event) => confirmedBy(sale, event, now) ?? []).map(asListed);
  return { outcome: "events", events, live: true };
}

function saleOf(sale: Listed): SaleEvent {
  const money = { netMinor: sale.price, taxMinor: 0 };
  const line = {
    line: "1",
    articles: articlesOf(sale.product_id, sale.product_permalink, sale.sku_id),
    quantity: sale.quantity ?? 1,
    ...money,
    kind: "new" as const,
  };
  return {
    effect: "sale",
    eventId: `sale:${sale.id}`,
    objectId: sale.id,
    occurredAt: sale.created_at,
    order: as.provider(sale.id),
    providerIds: idsOf(sale.id),
    cycle: "new",
    ...money,
    currency: currencyOf("usd"),
    lines: linesOf([line], money),
    ...present({
      licence: claim(sale.license_key),
      subscription: sale.subscription_id ? as.provider(sale.subscription_id) : undefined,
      email: claim(sale.purchase_email ?? sale.email),
      country: countryByName(sale.country),
      coupons: couponClaims([sale.offer_code]),
    }),
  };
}

/** What the API says went back, in the shape of the pings that would have told it; the amounts come with the sale. */
function lossesOf(sale: GumroadSale, now: Instant): (RefundEvent | DisputeEvent)[] {
  const about = {
    occurredAt: now,
    target: idsOf(sale.id),
    amountMinor: sale.price,
    currency: currencyOf("usd"),
    eventId: sale.id,
    objectId: sale.id,
  };
  const losses: (RefundEvent | DisputeEvent)[] = [];
  if (sale.refunded || sale.partially_refunded) losses.push({ ...about, effect: "refund", cumulative: true });
  if (isDisputed(sale)) losses.push({ ...about, effect: "dispute_opened", dispute: as.provider(sale.id) });
  return losses;
}
