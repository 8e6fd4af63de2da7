import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { topicOf } from "./shopify-fixtures.ts";
import { wooTopicOf } from "./woocommerce-fixtures.ts";

/** A delivery as a shop reads it. */
export interface Delivery {
  headers: Headers;
  body: Uint8Array;
  /** What follows the shop's name in the address. */
  key?: string;
}

/** The secret that `stripeDelivery` signs with. */
export const stripeSecret = "whsec_test_0123456789abcdefghij";
/** The secret that `ownDelivery` signs with. */
export const ownSecret = `whsec_${Buffer.from("thirty-two bytes of pure secret!").toString("base64")}`;
/** The time deliveries are signed at: 2025-11-19T14:13:10Z. */
export const deliveredAtSeconds = 1_763_561_590;

const text = (payload: unknown): string => (typeof payload === "string" ? payload : JSON.stringify(payload));

/** A delivery signed by Stripe's own package. */
export function stripeDelivery(
  payload: unknown,
  { secret = stripeSecret, timestamp = deliveredAtSeconds } = {},
): Delivery {
  const body = text(payload);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
  return { headers: new Headers({ "stripe-signature": signature }), body: Buffer.from(body) };
}

/** A delivery signed by the package of Standard Webhooks. */
export function ownDelivery(
  payload: unknown,
  { secret = ownSecret, timestamp = deliveredAtSeconds, id = "msg_1" } = {},
): Delivery {
  const body = text(payload);
  const headers = new Headers({
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": new Webhook(secret).sign(id, new Date(timestamp * 1000), body),
  });
  return { headers, body: Buffer.from(body) };
}

const bySecret = (secret: string, text: string, encoding: "hex" | "base64") =>
  createHmac("sha256", secret).update(text).digest(encoding);

/** The secret that `paddleDelivery` signs with. */
export const paddleSecret = "pdl_ntfset_01hbpjmytsa32fhr36nqgc3kgb_WvRO0eL4Bj9rgYYIBZY6wZhG4EHy9jzh";

/** A delivery signed as https://developer.paddle.com/webhooks/signature-verification says; their package has no signer. */
export function paddleDelivery(
  payload: unknown,
  { secret = paddleSecret, timestamp = deliveredAtSeconds } = {},
): Delivery {
  const body = text(payload);
  const signature = `ts=${timestamp};h1=${bySecret(secret, `${timestamp}:${body}`, "hex")}`;
  return { headers: new Headers({ "paddle-signature": signature }), body: Buffer.from(body) };
}

/** The secret that `polarDelivery` signs with. */
export const polarSecret = "polar_whs_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK";

/** A delivery signed by the package of Standard Webhooks, with the whole text of the secret as the key. */
export const polarDelivery: typeof ownDelivery = (payload, { secret = polarSecret, ...rest } = {}) =>
  ownDelivery(payload, { ...rest, secret: Buffer.from(secret).toString("base64") });

/** The secret that `fastspringDelivery` signs with. */
export const fastspringSecret = "fs-hmac-secret-0123456789abcdef";

/** A delivery signed as https://developer.fastspring.com/reference/message-security says. */
export function fastspringDelivery(payload: unknown, { secret = fastspringSecret } = {}): Delivery {
  const body = text(payload);
  const headers = new Headers({ "x-fs-signature": bySecret(secret, body, "base64") });
  return { headers, body: Buffer.from(body) };
}

/** The secret that `lemonSqueezyDelivery` signs with. */
export const lemonSqueezySecret = "lemon-secret-0123456789abcdefghijklmnop";

/** A delivery signed as https://docs.lemonsqueezy.com/help/webhooks/signing-requests says. */
export function lemonSqueezyDelivery(payload: unknown, { secret = lemonSqueezySecret } = {}): Delivery {
  const body = text(payload);
  const headers = new Headers({ "x-signature": bySecret(secret, body, "hex") });
  return { headers, body: Buffer.from(body) };
}

/** The secret that `shopifyDelivery` signs with: an app's client secret. */
export const shopifySecret = "shpss_0123456789abcdef0123456789abcdef";

/** A delivery signed as https://shopify.dev/docs/apps/build/webhooks/subscribe/https says. */
export function shopifyDelivery(payload: unknown, { secret = shopifySecret, id = "msg_1" } = {}): Delivery {
  const body = text(payload);
  const headers = new Headers({
    "x-shopify-hmac-sha256": bySecret(secret, body, "base64"),
    "x-shopify-topic": topicOf(payload),
    "x-shopify-event-id": id,
    "x-shopify-webhook-id": `delivery-of-${id}`,
    "x-shopify-shop-domain": "acme-paint.myshopify.com",
    "x-shopify-api-version": "2025-10",
  });
  return { headers, body: Buffer.from(body) };
}

/** The secret that `woocommerceDelivery` signs with. */
export const woocommerceSecret = "woo-webhook-secret-0123456789abcdef";

/** A delivery signed as https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/ says. */
export function woocommerceDelivery(
  payload: unknown,
  { secret = woocommerceSecret, id = "msg_1" } = {},
): Delivery {
  const body = text(payload);
  const [resource = "", event = ""] = wooTopicOf(payload).split(".");
  const headers = new Headers({
    "x-wc-webhook-signature": bySecret(secret, body, "base64"),
    "x-wc-webhook-topic": `${resource}.${event}`,
    "x-wc-webhook-resource": resource,
    "x-wc-webhook-event": event,
    "x-wc-webhook-id": "12",
    "x-wc-webhook-delivery-id": id,
    "x-wc-webhook-source": "https://shop.acme.example/",
  });
  return { headers, body: Buffer.from(body) };
}

/** The user's name and the password that `chargebeeDelivery` comes with. */
export const chargebeeUser = "tallystick";
export const chargebeeSecret = "chargebee-password-0123456789";

/** A delivery with basic authentication, as https://www.chargebee.com/docs/2.0/webhook_settings.html says. */
export function chargebeeDelivery(payload: unknown, { secret = chargebeeSecret } = {}): Delivery {
  const pair = Buffer.from(`${chargebeeUser}:${secret}`).toString("base64");
  return { headers: new Headers({ authorization: `Basic ${pair}` }), body: Buffer.from(text(payload)) };
}

/** The key in the address that `gumroadDelivery` comes to. */
export const gumroadSecret = "gumroad-path-key-0123456789abcdef";

/** A delivery as a form, to an address with a key in it; the payload is the form's fields, or its text. */
export function gumroadDelivery(payload: unknown, { secret = gumroadSecret } = {}): Delivery {
  const body =
    typeof payload === "string" ? payload : String(new URLSearchParams(payload as Record<string, string>));
  const headers = new Headers({ "content-type": "application/x-www-form-urlencoded" });
  return { headers, body: Buffer.from(body), key: secret };
}
