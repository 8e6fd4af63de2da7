import type { ShopSettings } from "../config/shop-config.ts";
import { listChargebeeEvents } from "./chargebee/api.ts";
import { listGumroadSales } from "./gumroad/api.ts";
import type { ListOrders } from "./kit/list-orders.ts";
import { listLemonOrders } from "./lemon-squeezy/api.ts";
import { listPaddleEvents } from "./paddle/api.ts";
import { listPolarOrders } from "./polar/api.ts";
import { listShopifyOrders } from "./shopify/api.ts";
import { listStripeEvents } from "./stripe/api.ts";
import { wooObjects } from "./woocommerce/api.ts";

/** How a shop's API is read; nothing where the shop has none, or the configuration names no credentials for it. */
export function listingOf(settings: ShopSettings): ListOrders | undefined {
  switch (settings.kind) {
    case "stripe":
      return settings.api && listStripeEvents(settings.api.token);
    case "paddle":
      return settings.api && listPaddleEvents(settings.api.token);
    case "shopify":
      return settings.api && listShopifyOrders(settings.api, settings.secrets);
    case "polar":
      return settings.api && listPolarOrders(settings.api.token);
    case "lemon-squeezy":
      return settings.api && listLemonOrders(settings.api.token);
    case "chargebee":
      return settings.api && listChargebeeEvents(settings.api);
    case "gumroad":
      return listGumroadSales(settings.apiToken);
    case "woocommerce":
      return settings.api && listWooObjects(settings.api);
    default:
      return undefined;
  }
}

const listWooObjects = (api: Parameters<typeof wooObjects>[0]): ListOrders =>
  async function* list(range) {
    for (const resource of ["orders", "subscriptions"] as const)
      for await (const reading of wooObjects(api, resource, range)) yield { resource, reading };
  };
