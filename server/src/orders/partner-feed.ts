import type { Deps } from "../deps/deps.ts";
import type { PartnerId } from "../words/ids.ts";
import { decimalOf } from "../words/money.ts";
import { listPartnerOrders, type PartnerOrder } from "./partner-orders.ts";

/**
 * A partner's credits as a JSON Feed.
 *
 * Source: https://www.jsonfeed.org/version/1.1/
 */
export interface CreditFeed {
  version: "https://jsonfeed.org/version/1.1";
  title: string;
  feed_url: string;
  /** The page behind this one; absent on the last. */
  next_url?: string;
  items: CreditItem[];
}

/** One order of a partner, as an item of a feed. */
export interface CreditItem {
  id: string;
  title: string;
  content_text: string;
  /** RFC 3339, in UTC. */
  date_published: string;
  tags: string[];
  /** The order as `/v1/partner/orders` tells it. */
  _tallystick: PartnerOrder;
}

/** Readers ask often and show the newest: a page is short. */
const itemsOfPage = 50;

/**
 * The newest of a partner's credits, or those behind a page before.
 *
 * @throws {Refusal} `request_invalid` when `after` is not from an earlier page
 */
export async function readCreditFeed(
  deps: Pick<Deps, "store" | "clock" | "config">,
  { partner, name }: { partner: PartnerId; name: string },
  after?: string,
): Promise<CreditFeed> {
  const { orders, next } = await listPartnerOrders(deps, partner, { limit: itemsOfPage, after });
  const feedUrl = new URL("/v1/partner/feed", deps.config.issuer);
  const nextUrl = new URL(feedUrl);
  if (next !== null) nextUrl.searchParams.set("after", next);
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: `Credits of ${name}`,
    feed_url: feedUrl.href,
    ...(next === null ? {} : { next_url: nextUrl.href }),
    items: orders.map(itemOf),
  };
}

function itemOf(order: PartnerOrder): CreditItem {
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
