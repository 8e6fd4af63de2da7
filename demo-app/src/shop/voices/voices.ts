import { fastspring } from "./fastspring.ts";
import { lemonSqueezy } from "./lemon-squeezy.ts";
import { ownShop } from "./own-shop.ts";
import { paddle } from "./paddle.ts";
import { polar } from "./polar.ts";
import type { ShopVoice } from "./shop-voice.ts";
import { stripe } from "./stripe.ts";

/** The kinds of shop that the store can speak as, by their names in the receiver's configuration. */
export type ShopKind = "stripe" | "standard-webhooks" | "paddle" | "fastspring" | "lemon-squeezy" | "polar";

/** How the store speaks as each of them. */
export const voices: Record<ShopKind, ShopVoice> = {
  stripe,
  "standard-webhooks": ownShop,
  paddle,
  fastspring,
  "lemon-squeezy": lemonSqueezy,
  polar,
};

/** The kinds in the order of the menu. */
export const shopKinds = Object.keys(voices) as ShopKind[];

/** Whether a text that came from outside names a kind of shop. */
export const isShopKind = (text: unknown): text is ShopKind =>
  typeof text === "string" && Object.hasOwn(voices, text);
