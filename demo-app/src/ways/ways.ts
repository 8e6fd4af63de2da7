import { serialNumber, voucherCard } from "./code-ways.ts";
import { couponAtCheckout, registeredEmail } from "./order-ways.ts";
import { sidecarFile, stampedInstaller } from "./token-ways.ts";
import type { Way } from "./way.ts";

/** The ways a copy may be sold, as they are named on the command line and in forms. */
export const ways = {
  file: sidecarFile,
  installer: stampedInstaller,
  serial: serialNumber,
  voucher: voucherCard,
  email: registeredEmail,
  coupon: couponAtCheckout,
} as const satisfies Record<string, Way>;

/** A way's name. */
export type WayId = keyof typeof ways;

/** The ways in the order of the menu. */
export const wayIds = Object.keys(ways) as WayId[];

/** Whether a text that came from outside names a way. */
export const isWayId = (text: unknown): text is WayId =>
  typeof text === "string" && Object.hasOwn(ways, text);
