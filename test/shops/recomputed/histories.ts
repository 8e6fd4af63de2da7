import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import type { About, History } from "./history.ts";
import { lemon, paddle, polar } from "./shops-by-event.ts";
import { shopify, woocommerce } from "./shops-by-order.ts";
import { gumroad, own } from "./shops-by-sale.ts";
import { chargebee } from "./shops-chargebee.ts";
import { fastspring } from "./shops-fastspring.ts";
import { stripe } from "./shops-stripe.ts";

const shops: Record<ShopKind, (about: About) => History> = {
  stripe,
  paddle,
  fastspring,
  "lemon-squeezy": lemon,
  polar,
  shopify,
  woocommerce,
  chargebee,
  gumroad,
  "standard-webhooks": own,
};

/** A random history of one buyer at a shop of a kind: one order or several. */
export const historyOf = (kind: ShopKind, about: About): History => shops[kind](about);
