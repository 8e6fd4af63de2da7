import type { KeyObject } from "node:crypto";
import type { ShopConfig } from "../config/config.ts";
import type { ShopName } from "../ids.ts";
import type { Shop } from "./shop.ts";
import { type SecretReading, standardWebhooksKey, stripeKey } from "./signing-secret.ts";
import { openStandardWebhooks } from "./standard-webhooks.ts";
import { openStripe } from "./stripe.ts";

/** A shop of the configuration with its secrets read. */
export interface ShopSettings {
  kind: ShopConfig["kind"];
  /** The newest first or last, it makes no difference. At least one. */
  secrets: readonly string[];
}

/** What is wrong in the configuration of the shops, with the place of each mistake. No message repeats a secret. */
export class ShopConfigError extends Error {
  readonly problems: readonly { path: string; message: string }[];

  constructor(problems: readonly { path: string; message: string }[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join("; "));
    this.name = "ShopConfigError";
    this.problems = problems;
  }
}

interface ShopKind {
  keyOf: (secret: string) => SecretReading;
  open: (keys: readonly KeyObject[]) => Shop;
}

const kinds: Record<ShopConfig["kind"], ShopKind> = {
  stripe: { keyOf: stripeKey, open: openStripe },
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
  for (const [name, { kind, secrets }] of settings) {
    const path = `shops.${name}.secrets`;
    if (secrets.length === 0) problems.push({ path, message: "needs at least one secret" });
    const keys: KeyObject[] = [];
    for (const [index, secret] of secrets.entries()) {
      const reading = kinds[kind].keyOf(secret);
      if ("key" in reading) keys.push(reading.key);
      else problems.push({ path: `${path}[${index}]`, message: reading.problem });
    }
    shops.set(name, kinds[kind].open(keys));
  }
  if (problems.length > 0) throw new ShopConfigError(problems);
  return shops;
}
