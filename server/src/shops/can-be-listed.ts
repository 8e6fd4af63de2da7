import type { ShopConfig } from "../config/shop-config.ts";

/** Whether the configuration names an API of a shop whose orders `listingOf` can read. */
export const canBeListed = (shop: ShopConfig): boolean =>
  shop.kind === "gumroad" || (shop.kind !== "fastspring" && "api" in shop && shop.api !== undefined);
