import type { ShopKind } from "../../server/src/config/shop-config.ts";
import { chargebeePaymentSucceeded } from "./chargebee-fixtures.ts";
import {
  chargebeeDelivery,
  chargebeeSecret,
  chargebeeUser,
  type Delivery,
  fastspringDelivery,
  fastspringSecret,
  gumroadDelivery,
  gumroadSecret,
  lemonSqueezyDelivery,
  lemonSqueezySecret,
  ownDelivery,
  ownSecret,
  paddleDelivery,
  paddleSecret,
  polarDelivery,
  polarSecret,
  shopifyDelivery,
  shopifySecret,
  stripeDelivery,
  stripeSecret,
  woocommerceDelivery,
  woocommerceSecret,
} from "./deliveries.ts";
import { fastspringBatch, fastspringOrderCompleted } from "./fastspring-fixtures.ts";
import { gumroadToken } from "./gumroad-api.ts";
import { gumroadPing } from "./gumroad-fixtures.ts";
import { lemonOrderCreated } from "./lemon-squeezy-fixtures.ts";
import { ownPurchaseCompleted } from "./own-shop-fixtures.ts";
import { paddleTransactionCompleted } from "./paddle-fixtures.ts";
import { polarOrderPaid } from "./polar-fixtures.ts";
import { shopifyOrderPaid } from "./shopify-fixtures.ts";
import { stripeCheckoutCompleted } from "./stripe-fixtures.ts";
import { wooOrderUpdated } from "./woocommerce-fixtures.ts";

/** What a delivery is signed with. `id` is for the shops that send the event's id in a header. */
export interface DeliveryOptions {
  secret?: string;
  timestamp?: number;
  id?: string;
}

/** How the tests speak as a kind of shop. */
export interface ShopVoice {
  secret: string;
  /** What the configuration says of the shop beside its kind and its secrets, secrets read. */
  settings?: object;
  /** The same as the configuration's file has it. The secrets' names are in `secretsOfSettings`. */
  configured?: object;
  /** Signs an event as the shop does, with its own package where it has a signer. */
  deliver(payload: unknown, options?: DeliveryOptions): Delivery;
  /** A sale, as a body. */
  example: unknown;
  /** The headers that carry the signature and what it covers beside the body. None where the body is not signed. */
  signedBy: readonly string[];
  /** Whether the signature covers a time, so that a delivery grows old. */
  timed: boolean;
}

const standardHeaders = ["webhook-signature", "webhook-timestamp", "webhook-id"];

/** Every kind of shop, by its name in the configuration. */
export const everyShop: Record<ShopKind, ShopVoice> = {
  stripe: {
    secret: stripeSecret,
    deliver: stripeDelivery,
    example: stripeCheckoutCompleted(),
    signedBy: ["stripe-signature"],
    timed: true,
  },
  "standard-webhooks": {
    secret: ownSecret,
    deliver: ownDelivery,
    example: ownPurchaseCompleted(),
    signedBy: standardHeaders,
    timed: true,
  },
  paddle: {
    secret: paddleSecret,
    deliver: paddleDelivery,
    example: paddleTransactionCompleted(),
    signedBy: ["paddle-signature"],
    timed: true,
  },
  fastspring: {
    secret: fastspringSecret,
    deliver: fastspringDelivery,
    example: fastspringBatch(fastspringOrderCompleted()),
    signedBy: ["x-fs-signature"],
    timed: false,
  },
  "lemon-squeezy": {
    secret: lemonSqueezySecret,
    deliver: lemonSqueezyDelivery,
    example: lemonOrderCreated(),
    signedBy: ["x-signature"],
    timed: false,
  },
  polar: {
    secret: polarSecret,
    deliver: polarDelivery,
    example: polarOrderPaid(),
    signedBy: standardHeaders,
    timed: true,
  },
  shopify: {
    secret: shopifySecret,
    deliver: shopifyDelivery,
    example: shopifyOrderPaid(),
    signedBy: ["x-shopify-hmac-sha256"],
    timed: false,
  },
  chargebee: {
    secret: chargebeeSecret,
    settings: { user: chargebeeUser },
    configured: { user: chargebeeUser },
    deliver: chargebeeDelivery,
    example: chargebeePaymentSucceeded(),
    signedBy: [],
    timed: false,
  },
  gumroad: {
    secret: gumroadSecret,
    settings: { apiToken: gumroadToken },
    configured: { apiToken: { env: "GUMROAD_API_TOKEN" } },
    deliver: gumroadDelivery,
    example: gumroadPing(),
    signedBy: [],
    timed: false,
  },
  woocommerce: {
    secret: woocommerceSecret,
    deliver: woocommerceDelivery,
    example: wooOrderUpdated(),
    signedBy: ["x-wc-webhook-signature"],
    timed: false,
  },
};

/** What the environment holds beside the shops' secrets. */
export const secretsOfSettings = {
  GUMROAD_API_TOKEN: gumroadToken,
  SHOP_API_TOKEN: "rk_live_0123456789abcdef",
};

/** The kinds, for tests that are told once for each. */
export const everyKind = Object.keys(everyShop) as ShopKind[];
