import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import type { About, Chance, History } from "./history.ts";
import { fastspring, lemon, paddle, polar, stripe } from "./shops-by-event.ts";
import { chargebee, gumroad, own, shopify, woocommerce } from "./shops-by-order.ts";

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

/** A random history of one order at a shop of a kind. `n` tells it from all others. */
export function historyOf(kind: ShopKind, n: number, reference: string, chance: Chance): History {
  const net = 1 + chance.upTo(10 ** (2 + chance.upTo(5)));
  const tax = Math.round(net * chance.oneOf([0, 0.07, 0.19, 0.2]));
  return shops[kind]({ n, reference, net, tax, chance });
}
