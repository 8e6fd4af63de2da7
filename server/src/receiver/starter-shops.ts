import { randomBytes } from "node:crypto";

/** What `init` writes of a shop; its vendor puts the real secret in the place of the one that is made. */
export interface StarterShop {
  /** Its name in the configuration, and the last part of its webhook's address. */
  name: string;
  /** Members beside `kind` and `secrets`; files of further secrets count from the configuration's folder. */
  settings?: Record<string, unknown>;
  /** The checkout's address, with the reference where this shop takes it (docs/shops). */
  checkout: string;
  /** A secret in the form that its reader expects. */
  newSecret(): string;
  /** Files of further secrets that `settings` names. */
  moreSecrets?: readonly string[];
}

const text = () => randomBytes(32).toString("base64url");

/** The kinds of shop that `init` knows, the usual one first. */
export const starterShops = {
  stripe: {
    name: "stripe",
    checkout: "https://buy.stripe.com/abc?client_reference_id={reference}&prefilled_email={email}",
    newSecret: () => `whsec_${randomBytes(32).toString("hex")}`,
  },
  paddle: {
    name: "paddle",
    checkout: "https://acme.example/renew?ref={reference}",
    newSecret: () => `pdl_ntfset_${text()}`,
  },
  fastspring: {
    name: "fastspring",
    checkout: "https://acme.example/renew?ref={reference}",
    newSecret: text,
  },
  "lemon-squeezy": {
    name: "lemon-squeezy",
    checkout:
      "https://acme.lemonsqueezy.com/buy/abc?checkout[custom][ref]={reference}&checkout[email]={email}",
    newSecret: () => randomBytes(20).toString("hex"),
  },
  polar: {
    name: "polar",
    checkout: "https://buy.polar.sh/polar_cl_abc?reference_id={reference}&customer_email={email}",
    newSecret: () => `polar_whs_${text()}`,
  },
  shopify: {
    name: "shopify",
    checkout: "https://acme-paint.myshopify.com/cart/44850317033704:1?attributes[reference]={reference}",
    newSecret: () => `shpss_${randomBytes(16).toString("hex")}`,
  },
  woocommerce: {
    name: "woocommerce",
    checkout:
      "https://shop.acme.example/checkout/?add-to-cart=93&utm_source=tallystick&utm_content={reference}",
    newSecret: text,
  },
  chargebee: {
    name: "chargebee",
    settings: { user: "tallystick" },
    checkout:
      "https://acme.chargebee.com/hosted_pages/checkout?subscription_items[item_price_id][0]=acme-paint-EUR-Yearly&subscription[cf_reference]={reference}",
    newSecret: text,
  },
  gumroad: {
    name: "gumroad",
    settings: { apiToken: { file: "./var/gumroad-api.secret" } },
    checkout: "https://acme.gumroad.com/l/acme-paint?wanted=true&reference={reference}",
    newSecret: text,
    moreSecrets: ["var/gumroad-api.secret"],
  },
  "standard-webhooks": {
    name: "own",
    checkout: "https://shop.acme.example/buy?ref={reference}",
    newSecret: () => `whsec_${randomBytes(32).toString("base64")}`,
  },
} as const satisfies Record<string, StarterShop>;

/** A kind of shop that `init` knows. */
export type StarterKind = keyof typeof starterShops;

/** Their names. */
export const starterKinds = Object.keys(starterShops) as StarterKind[];
