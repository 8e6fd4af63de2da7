import type { Deps } from "../deps/deps.ts";
import { listNews, type News } from "../news/news.ts";
import { listPartnerOrders, type PartnerOrder } from "../orders/explain/partner-orders.ts";
import type { PartnerId } from "../words/ids.ts";
import { decimalOf } from "../words/money.ts";
import { refuseCursor } from "../words/page-cursor.ts";

/**
 * What a partner's reader subscribes to: its credits and the vendor's news, as a JSON Feed.
 *
 * Source: https://www.jsonfeed.org/version/1.1/
 */
export interface PartnerFeed {
  version: "https://jsonfeed.org/version/1.1";
  title: string;
  feed_url: string;
  /** The page behind this one; absent on the last. */
  next_url?: string;
  items: FeedItem[];
}

/** One order of a partner, or one of the vendor's news, as an item of a feed. */
export interface FeedItem {
  id: string;
  title: string;
  content_text: string;
  /** RFC 3339, in UTC. */
  date_published: string;
  /** `news` for what the vendor tells all its partners. */
  tags: string[];
  /** The order as `/v1/partner/orders` tells it; news has none. */
  _tallystick?: PartnerOrder;
}

/** Readers ask often and show the newest: a page is short. */
const itemsOfPage = 50;

/**
 * The newest of a partner's credits and of the vendor's news, or those behind a page before. What the vendor withdrew is
 * left out.
 *
 * @throws {Refusal} `request_invalid` when `after` is not from an earlier page
 */
export async function readPartnerFeed(
  deps: Pick<Deps, "store" | "clock" | "config">,
  { partner, name }: { partner: PartnerId; name: string },
  after?: string,
): Promise<PartnerFeed> {
  if (after !== undefined && !/^[a-z0-9]{25,64}$/.test(after)) refuseCursor();
  const limit = itemsOfPage;
  const [credits, told] = await Promise.all([
    listPartnerOrders(deps, partner, { limit, after }),
    listNews(deps, {
      limit,
      ...(after === undefined ? {} : { after: newsPrefix + after.slice(0, placeLength) }),
    }),
  ]);
  const ends = [credits.next, told.next === null ? null : placeOf(told.next)].filter((end) => end !== null);
  // Each list is known down to its end: below the higher of the two ends, one of them may have more.
  const end = ends.toSorted().at(-1);
  const placed = [
    ...credits.orders.map((order) => ({ place: order.order, item: creditItem(order) })),
    ...told.news.map((news) => ({ place: placeOf(news.id), item: newsItem(news) })),
  ]
    .filter(({ place }) => end === undefined || place >= end)
    .sort((one, other) => (one.place < other.place ? 1 : -1));
  const shown = placed.slice(0, limit);
  const next = placed.length > limit ? shown.at(-1)?.place : end;
  const feedUrl = new URL("/v1/partner/feed", deps.config.issuer);
  const nextUrl = new URL(feedUrl);
  if (next !== undefined) nextUrl.searchParams.set("after", next);
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: `Credits and news of ${name}`,
    feed_url: feedUrl.href,
    ...(next === undefined ? {} : { next_url: nextUrl.href }),
    items: shown.map(({ item }) => item),
  };
}

const newsPrefix = "nw_";
/** Keys of orders are longer: what is behind their first characters is chance. */
const placeLength = 25;

/** Where news stands between orders: its id begins with the time, as keys of orders do. */
const placeOf = (newsId: string): string => newsId.slice(newsPrefix.length);

function creditItem(order: PartnerOrder): FeedItem {
  const {
    order: id,
    product,
    currency,
    creditMinor,
    heldMinor,
    payableMinor,
    occurredAt,
    transaction,
  } = order;
  const money = (minor: number) => `${decimalOf(minor, currency)} ${currency}`;
  const what =
    transaction === undefined ? (product ?? "an order") : `${transaction.shop} ${transaction.shopOrder}`;
  return {
    id,
    title: `${money(creditMinor)} for ${what}`,
    content_text: `Credited ${money(creditMinor)}: ${money(heldMinor)} held, ${money(payableMinor)} payable.`,
    date_published: occurredAt,
    tags: [product ?? "unknown product", ...(transaction === undefined ? [] : [transaction.cycle])],
    _tallystick: order,
  };
}

const newsItem = ({ id, title, text, writtenAt }: News): FeedItem => ({
  id,
  title,
  content_text: text,
  date_published: writtenAt,
  tags: ["news"],
});
