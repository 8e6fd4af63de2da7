import type { ShopKind, ShopSettings } from "../config/shop-config.ts";
import type { Instant } from "../words/clock.ts";
import { type ShopMessage, signDelivery } from "./sign-delivery.ts";

const type = "tallystick.check";

/** An event that has the shape of the shop's own, of a type that no shop has: it is taken, and of no use. */
const payloads: { [Kind in ShopKind]: (id: string, at: Instant) => unknown } = {
  stripe: (id, at) => ({
    id,
    object: "event",
    type,
    created: seconds(at),
    livemode: true,
    data: { object: {} },
  }),
  "standard-webhooks": () => ({ type }),
  paddle: (id, at) => ({ event_id: id, event_type: type, occurred_at: iso(at), data: {} }),
  fastspring: (id, at) => ({ events: [{ id, type, created: at, live: true, data: {} }] }),
  "lemon-squeezy": () => ({ meta: { event_name: type }, data: { id: "0", attributes: {} } }),
  polar: (_, at) => ({ type, timestamp: iso(at), data: {} }),
  shopify: () => ({}),
  woocommerce: () => ({}),
  chargebee: (id, at) => ({ id, event_type: type, occurred_at: seconds(at), content: {} }),
  gumroad: () => "resource_name=tallystick_check",
};

/**
 * A delivery that a shop of the configuration takes and has no use for, so that nothing is recorded: what a test of the
 * configuration sends. `key` follows the shop's name in the address.
 *
 * @throws ShopConfigError when the first secret is unfit
 */
export function checkDelivery(shop: ShopSettings, { id, at }: Omit<ShopMessage, "body">) {
  const payload = payloads[shop.kind](id, at);
  const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  const headers = signDelivery(shop, { id, at, body });
  headers.set(
    "content-type",
    typeof payload === "string" ? "application/x-www-form-urlencoded" : "application/json",
  );
  const [key] = shop.kind === "gumroad" ? shop.secrets : [];
  return { headers, body, ...(key === undefined ? {} : { key }) };
}

const seconds = (at: Instant): number => Math.floor(at / 1000);
const iso = (at: Instant): string => new Date(at).toISOString();
