import type { ConsoleRoute } from "../kit/console-route.ts";
import { couponRoutes } from "./coupon-pages.ts";
import { networkRoutes } from "./network-pages.ts";
import { addressRoutes } from "./selling-pages.ts";
import { serialRoutes } from "./serial-pages.ts";
import { tokenRoutes } from "./token-pages.ts";
import { voucherRoutes } from "./voucher-pages.ts";

/** The pages of the ways of selling, with who may open each. */
export const sellingRoutes: readonly ConsoleRoute[] = [
  ...couponRoutes,
  ...tokenRoutes,
  ...serialRoutes,
  ...voucherRoutes,
  ...addressRoutes,
  ...networkRoutes,
];
