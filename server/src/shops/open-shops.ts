import type { KeyObject } from "node:crypto";
import type { SettingsOfKind, ShopKind, ShopSettings } from "../config/shop-config.ts";
import {
  type SecretReading,
  standardWebhooksKey,
  textKey,
} from "../secrets/webhook-signatures/signing-secret.ts";
import type { ShopName } from "../words/ids.ts";
import { openChargebee } from "./chargebee/chargebee.ts";
import { openFastspring } from "./fastspring/fastspring.ts";
import { openGumroad } from "./gumroad/gumroad.ts";
import { addressKey } from "./kit/path-key.ts";
import { inOneMode, withinBounds } from "./kit/shop-rules.ts";
import { openLemonSqueezy } from "./lemon-squeezy/lemon-squeezy.ts";
import { openPaddle } from "./paddle/paddle.ts";
import { openPolar } from "./polar/polar.ts";
import type { Shop } from "./shop.ts";
import { openShopify } from "./shopify/shopify.ts";
import { openStandardWebhooks } from "./standard-webhooks/standard-webhooks.ts";
import { openStripe } from "./stripe/stripe.ts";
import { openWoocommerce } from "./woocommerce/woocommerce.ts";

/** What is wrong in the configuration of the shops, with the place of each mistake. No message repeats a secret. */
export class ShopConfigError extends Error {
  readonly problems: readonly { path: string; message: string }[];

  constructor(problems: readonly { path: string; message: string }[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join("; "));
    this.name = "ShopConfigError";
    this.problems = problems;
  }
}

interface KindOfShop<Settings> {
  keyOf: (secret: string) => SecretReading;
  open: (keys: readonly KeyObject[], settings: Settings) => Shop;
}

const kinds: { [Kind in ShopKind]: KindOfShop<SettingsOfKind[Kind]> } = {
  stripe: { keyOf: textKey, open: openStripe },
  paddle: { keyOf: textKey, open: openPaddle },
  fastspring: { keyOf: textKey, open: openFastspring },
  "lemon-squeezy": { keyOf: textKey, open: openLemonSqueezy },
  polar: { keyOf: textKey, open: openPolar },
  shopify: { keyOf: textKey, open: openShopify },
  woocommerce: { keyOf: textKey, open: openWoocommerce },
  chargebee: { keyOf: textKey, open: openChargebee },
  gumroad: { keyOf: addressKey, open: openGumroad },
  "standard-webhooks": { keyOf: standardWebhooksKey, open: openStandardWebhooks },
};

/**
 * Opens every shop of the configuration.
 *
 * @throws ShopConfigError that lists all mistakes: no secret, a secret under 24 bytes, one that is not base64 where
 * it should be.
 */
export function openShops(settings: ReadonlyMap<ShopName, ShopSettings>): ReadonlyMap<ShopName, Shop> {
  const keys = keysOf(settings);
  const shops = [...settings].map(
    ([name, shop]) => [name, openShop(shop.kind, keys.get(name) ?? [], shop)] as const,
  );
  return new Map(shops);
}

/**
 * The keys of every shop, made from its secrets, in their order.
 *
 * @throws ShopConfigError as `openShops` does
 */
export function keysOf<Name extends string>(
  settings: ReadonlyMap<Name, ShopSettings>,
): ReadonlyMap<Name, readonly KeyObject[]> {
  const problems: { path: string; message: string }[] = [];
  const keysByShop = new Map<Name, readonly KeyObject[]>();
  for (const [name, { kind, secrets }] of settings) {
    const path = `shops.${name}.secrets`;
    if (secrets.length === 0) problems.push({ path, message: "needs at least one secret" });
    const keys: KeyObject[] = [];
    for (const [index, secret] of secrets.entries()) {
      const reading = kinds[kind].keyOf(secret);
      if ("key" in reading) keys.push(reading.key);
      else problems.push({ path: `${path}[${index}]`, message: reading.problem });
    }
    keysByShop.set(name, keys);
  }
  if (problems.length > 0) throw new ShopConfigError(problems);
  return keysByShop;
}

function openShop<Kind extends ShopKind>(
  kind: Kind,
  keys: readonly KeyObject[],
  settings: SettingsOfKind[Kind],
): Shop {
  const shop = withinBounds(kinds[kind].open(keys, settings));
  return inOneMode(shop, "testMode" in settings && settings.testMode === true);
}
