import { expect, it } from "vitest";
import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import { chargebeeEventTypes } from "../../../server/src/shops/chargebee/chargebee.ts";
import { fastspringEventTypes } from "../../../server/src/shops/fastspring/fastspring.ts";
import { gumroadEventTypes } from "../../../server/src/shops/gumroad/gumroad.ts";
import { lemonSqueezyEventTypes } from "../../../server/src/shops/lemon-squeezy/lemon-squeezy.ts";
import { paddleEventTypes } from "../../../server/src/shops/paddle/paddle.ts";
import { polarEventTypes } from "../../../server/src/shops/polar/polar.ts";
import { shopifyEventTypes } from "../../../server/src/shops/shopify/shopify.ts";
import { ownShopEvent } from "../../../server/src/shops/standard-webhooks/payload.ts";
import { stripeEventTypes } from "../../../server/src/shops/stripe/stripe.ts";
import { woocommerceEventTypes } from "../../../server/src/shops/woocommerce/woocommerce.ts";
import { everyKind } from "../every-shop.ts";
import { historyOf } from "./histories.ts";
import { chanceOf } from "./history.ts";
import { list } from "./told-values.ts";

const eventTypes: Record<ShopKind, readonly string[]> = {
  stripe: stripeEventTypes,
  paddle: paddleEventTypes,
  fastspring: fastspringEventTypes,
  "lemon-squeezy": lemonSqueezyEventTypes,
  polar: polarEventTypes,
  shopify: shopifyEventTypes,
  woocommerce: woocommerceEventTypes,
  chargebee: chargebeeEventTypes,
  gumroad: gumroadEventTypes,
  "standard-webhooks": ownShopEvent.options.map((option) => option.shape.type.value),
};

it.each(everyKind)("random histories of %s tell every event that its reader knows", (kind) => {
  const chance = chanceOf(1);
  const told = new Set<string>();
  for (let n = 1; n <= 200; n++)
    for (const { topic, body } of historyOf(kind, { n, reference: "r_1", chance }).told)
      for (const type of topic === "batch" ? list(body.events).map((one) => String(one.type)) : [topic])
        told.add(type);
  expect([...told].sort()).toEqual([...eventTypes[kind]].sort());
});
