import type { KeyObject } from "node:crypto";
import type { ShopSettings } from "../config/shop-config.ts";
import type { ShopName } from "../ids.ts";
import { openFastspring } from "./fastspring.ts";
import { openLemonSqueezy } from "./lemon-squeezy.ts";
import { openPaddle } from "./paddle.ts";
import { openPolar } from "./polar.ts";
import type { Shop } from "./shop.ts";
import { type SecretReading, standardWebhooksKey, textKey } from "./signing-secret.ts";
import { openStandardWebhooks } from "./standard-webhooks.ts";
import { openStripe } from "./stripe.ts";
import { inOneMode } from "./test-mode.ts";

/** What is wrong in the configuration of the shops, with the place of each mistake. No message repeats a secret. */
export class ShopConfigError extends Error {
  readonly problems: readonly { path: string; message: string }[];

  constructor(problems: readonly { path: string; message: string }[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join("; "));
    this.name = "ShopConfigError";
    this.problems = problems;
  }
}

type Kind = ShopSettings["kind"];
/** The settings of each kind, by its name, so that a kind's `open` is given its own and no other's. */
type SettingsOf = { [Name in Kind]: Extract<ShopSettings, { kind: Name }> };

interface ShopKind<Settings> {
  keyOf: (secret: string) => SecretReading;
  open: (keys: readonly KeyObject[], settings: Settings) => Shop;
}

const kinds: { [Name in Kind]: ShopKind<SettingsOf[Name]> } = {
  stripe: { keyOf: textKey, open: openStripe },
  paddle: { keyOf: textKey, open: openPaddle },
  fastspring: { keyOf: textKey, open: openFastspring },
  "lemon-squeezy": { keyOf: textKey, open: openLemonSqueezy },
  polar: { keyOf: textKey, open: openPolar },
  "standard-webhooks": { keyOf: standardWebhooksKey, open: openStandardWebhooks },
};

/**
 * Opens every shop of the configuration.
 *
 * @throws ShopConfigError that lists all mistakes: no secret, a secret under 24 bytes, one that is not base64 where
 * it should be.
 */
export function openShops(settings: ReadonlyMap<ShopName, ShopSettings>): ReadonlyMap<ShopName, Shop> {
  const problems: { path: string; message: string }[] = [];
  const shops = new Map<ShopName, Shop>();
  for (const [name, shop] of settings) {
    const path = `shops.${name}.secrets`;
    if (shop.secrets.length === 0) problems.push({ path, message: "needs at least one secret" });
    const keys: KeyObject[] = [];
    for (const [index, secret] of shop.secrets.entries()) {
      const reading = kinds[shop.kind].keyOf(secret);
      if ("key" in reading) keys.push(reading.key);
      else problems.push({ path: `${path}[${index}]`, message: reading.problem });
    }
    shops.set(name, openShop(shop.kind, keys, shop));
  }
  if (problems.length > 0) throw new ShopConfigError(problems);
  return shops;
}

function openShop<Name extends Kind>(
  kind: Name,
  keys: readonly KeyObject[],
  settings: SettingsOf[Name],
): Shop {
  return inOneMode(kinds[kind].open(keys, settings), "testMode" in settings && settings.testMode === true);
}
