import type { KeyObject } from "node:crypto";
import type { SettingsOfKind, ShopKind, ShopSettings } from "../config/shop-config.ts";
import { signStandardWebhook } from "../secrets/webhook-signatures/standard-webhooks.ts";
import type { Instant } from "../words/clock.ts";
import { basicAuthorization } from "./kit/basic-authentication.ts";
import { signBody } from "./kit/body-signature.ts";
import { keysOf } from "./open-shops.ts";
import { signPaddle } from "./paddle/signature.ts";
import { signStripe } from "./stripe/signature.ts";

/** What is to be sent as a shop would send it. */
export interface ShopMessage {
  /** The delivery's id, for the shops that send one in a header. Visible ASCII. */
  id: string;
  at: Instant;
  body: Uint8Array;
}

type Signer<Settings> = (key: KeyObject, message: ShopMessage, settings: Settings) => Record<string, string>;

const signers: { [Kind in ShopKind]: Signer<SettingsOfKind[Kind]> } = {
  stripe: (key, { at, body }) => ({
    "stripe-signature": `t=${secondsOf(at)},v1=${signStripe(key, secondsOf(at), body)}`,
  }),
  "standard-webhooks": signAsStandard,
  paddle: (key, { at, body }) => ({
    "paddle-signature": `ts=${secondsOf(at)};h1=${signPaddle(key, secondsOf(at), body)}`,
  }),
  fastspring: (key, { body }) => ({ "x-fs-signature": signBody(key, body, "base64") }),
  "lemon-squeezy": (key, { body }) => ({ "x-signature": signBody(key, body, "hex") }),
  polar: signAsStandard,
  chargebee: (key, _, { user }) => ({ authorization: basicAuthorization(user, key) }),
  // Nothing is signed: what vouches for a delivery is the key in its address.
  gumroad: () => ({}),
  woocommerce: (key, { id, body }) => ({
    "x-wc-webhook-signature": signBody(key, body, "base64"),
    "x-wc-webhook-delivery-id": id,
    "x-wc-webhook-topic": "tallystick.check",
  }),
  shopify: (key, { id, body }) => ({
    "x-shopify-hmac-sha256": signBody(key, body, "base64"),
    "x-shopify-event-id": id,
    "x-shopify-topic": "tallystick/check",
  }),
};

/**
 * The headers by which a shop of the configuration would know a delivery for its own: what a test of the configuration
 * sends to itself. Signed with the first of the shop's secrets.
 *
 * @throws ShopConfigError when that secret is unfit
 */
export function signDelivery(shop: ShopSettings, message: ShopMessage): Headers {
  const [key] = keysOf(new Map([[shop.kind, shop]])).get(shop.kind) ?? [];
  if (key === undefined) throw new Error("a shop has a key for each of its secrets");
  return new Headers(sign(shop.kind, key, message, shop));
}

function sign<Kind extends ShopKind>(
  kind: Kind,
  key: KeyObject,
  message: ShopMessage,
  settings: SettingsOfKind[Kind],
): Record<string, string> {
  return signers[kind](key, message, settings);
}

function signAsStandard(key: KeyObject, { id, at, body }: ShopMessage): Record<string, string> {
  const timestamp = secondsOf(at);
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signStandardWebhook(key, { id, timestamp, body })}`,
  };
}

const secondsOf = (at: Instant): string => String(Math.floor(at / 1000));
