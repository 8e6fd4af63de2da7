import { chargebee } from "./chargebee.ts";
import { fastspring } from "./fastspring.ts";
import { gumroad } from "./gumroad.ts";
import { lemonSqueezy } from "./lemon-squeezy.ts";
import { ownShop } from "./own-shop.ts";
import { paddle } from "./paddle.ts";
import { polar } from "./polar.ts";
import type { ShopVoice } from "./shop-voice.ts";
import { shopify } from "./shopify.ts";
import { stripe } from "./stripe.ts";
import { woocommerce } from "./woocommerce.ts";

/** The kinds of shop that the store can speak as, by their names in the receiver's configuration. */
export type ShopKind = keyof typeof everyVoice;

const everyVoice = {
  stripe,
  "standard-webhooks": ownShop,
  paddle,
  fastspring,
  "lemon-squeezy": lemonSqueezy,
  polar,
  shopify,
  woocommerce,
  chargebee,
  gumroad,
} as const satisfies Record<string, ShopVoice>;

/** How the store speaks as each of them. */
export const voices: Readonly<Record<ShopKind, ShopVoice>> = everyVoice;

/** The kinds in the order of the menu. */
export const shopKinds = Object.keys(voices) as ShopKind[];

/** Whether a text that came from outside names a kind of shop. */
export const isShopKind = (text: unknown): text is ShopKind =>
  typeof text === "string" && Object.hasOwn(voices, text);
