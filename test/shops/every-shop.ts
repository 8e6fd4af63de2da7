import type { ShopSettings } from "../../server/src/config/shop-config.ts";
import {
  type Delivery,
  fastspringDelivery,
  fastspringSecret,
  lemonSqueezyDelivery,
  lemonSqueezySecret,
  ownDelivery,
  ownSecret,
  paddleDelivery,
  paddleSecret,
  polarDelivery,
  polarSecret,
  stripeDelivery,
  stripeSecret,
} from "./deliveries.ts";

/** What a delivery is signed with. `id` is for the shops that send the event's id in a header. */
export interface DeliveryOptions {
  secret?: string;
  timestamp?: number;
  id?: string;
}

/** How the tests speak as a kind of shop. */
export interface ShopVoice {
  secret: string;
  /** Signs an event as the shop does, with its own package where it has a signer. */
  deliver(payload: unknown, options?: DeliveryOptions): Delivery;
}

/** A kind of shop that the tests can speak as: all of them. */
export type VoicedKind = ShopSettings["kind"];

/** Every kind of shop, by its name in the configuration. */
export const everyShop: Record<VoicedKind, ShopVoice> = {
  stripe: { secret: stripeSecret, deliver: stripeDelivery },
  "standard-webhooks": { secret: ownSecret, deliver: ownDelivery },
  paddle: { secret: paddleSecret, deliver: paddleDelivery },
  fastspring: { secret: fastspringSecret, deliver: fastspringDelivery },
  "lemon-squeezy": { secret: lemonSqueezySecret, deliver: lemonSqueezyDelivery },
  polar: { secret: polarSecret, deliver: polarDelivery },
};
