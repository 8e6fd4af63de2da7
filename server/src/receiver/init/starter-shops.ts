import { randomBytes } from "node:crypto";
import type { ShopKind } from "../../config/shop-config.ts";

/** What `init` writes for a kind of shop. */
export interface StarterShop {
  kind: ShopKind;
  /** What it is called in the configuration, in commands and in the webhook's address. */
  name: string;
  /** An address of the kind's checkout, to be replaced by the vendor's own: docs/shops says where `{reference}` goes. */
  checkout: string;
  /** Members that the kind must have beside its secrets; files they name are written with a value of no use. */
  more?: Record<string, string | { file: string }>;
  /** A secret of the form that the kind's reader takes. The shop's real one replaces it later. */
  secret: () => string;
}

const random = (): string => randomBytes(32).toString("hex");
const shop = (kind: ShopKind, checkout: string, other: Partial<StarterShop> = {}): StarterShop => ({
  kind,
  name: kind,
  checkout,
  secret: random,
  ...other,
});

/** Every kind of shop, the most asked for first. */
export const starterShops: readonly StarterShop[] = [
  shop("stripe", "https://buy.stripe.com/abc?client_reference_id={reference}&prefilled_email={email}", {
    secret: () => `whsec_${random()}`,
  }),
  shop("paddle", "https://acme.example/renew?ref={reference}"),
  shop("fastspring", "https://acme.example/renew?ref={reference}"),
  shop(
    "lemon-squeezy",
    "https://acme.lemonsqueezy.com/buy/abc?checkout[custom][ref]={reference}&checkout[email]={email}",
  ),
  shop("polar", "https://buy.polar.sh/polar_cl_abc?reference_id={reference}&customer_email={email}"),
  shop("shopify", "https://acme.myshopify.com/cart/44850317033704:1?attributes[reference]={reference}"),
  shop(
    "woocommerce",
    "https://shop.acme.example/checkout/?add-to-cart=93&utm_source=tallystick&utm_content={reference}",
  ),
  shop(
    "chargebee",
    "https://acme.chargebee.com/hosted_pages/checkout?subscription_items[item_price_id][0]=acme-EUR-Yearly&subscription[cf_reference]={reference}",
    { more: { user: "tallystick" } },
  ),
  shop("gumroad", "https://acme.gumroad.com/l/acme?wanted=true&reference={reference}", {
    more: { apiToken: { file: "./var/gumroad.token" } },
  }),
  shop("standard-webhooks", "https://shop.acme.example/buy/acme?ref={reference}", {
    name: "own",
    secret: () => `whsec_${randomBytes(32).toString("base64")}`,
  }),
];
