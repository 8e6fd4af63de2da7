import type { ShopSettings } from "../../server/src/config/shop-config.ts";
import { listingOf } from "../../server/src/shops/list-orders.ts";
import { instant } from "../../server/src/words/clock.ts";
import { type AnswerOfApi, openShopApis } from "./shop-apis.ts";

/** The week that is listed. */
export const listedSince = instant(Date.parse("2025-11-19T00:00:00Z"));
/** When it is listed. */
export const listedUntil = instant(Date.parse("2025-11-26T00:00:00Z"));

const hosts = [
  "https://api.polar.sh",
  "https://api.lemonsqueezy.com",
  "https://api.gumroad.com",
  "https://acme.chargebee.com",
  "https://api.stripe.com",
  "https://api.paddle.com",
  "https://sandbox-api.paddle.com",
  "https://acme.myshopify.com",
];

let apis: ReturnType<typeof openShopApis> | undefined;

/** Ends what stands in for the shops' APIs. */
export async function closeApis(): Promise<void> {
  await apis?.close();
  apis = undefined;
}

/** What the APIs were asked since they were opened. */
export const asked = () => apis?.asked ?? [];

/** All that a shop's API tells of the week, where it answers so. */
export async function listed(settings: ShopSettings, answer: AnswerOfApi) {
  // Who opens twice would have the first put back as what was there before.
  await closeApis();
  apis = openShopApis(hosts, answer);
  const all = [];
  for await (const one of listingOf(settings)?.({ since: listedSince, now: listedUntil }) ?? [])
    all.push(one);
  return all;
}

/** The events of what was listed. */
export const eventsOf = (all: Awaited<ReturnType<typeof listed>>) =>
  all.flatMap(({ reading }) => (reading.outcome === "events" ? reading.events : []));
