import { TallystickError } from "../protocol/tallystick-error.ts";

export { TallystickError } from "../protocol/tallystick-error.ts";

/** What a product can get wrong when it makes a client. Codes of keys are named at `createKeySet`. */
export const optionErrors = [
  "option_unknown",
  "product_refused",
  "receiver_refused",
  "issuer_refused",
  "shop_url_refused",
  "time_zone_unknown",
  "grace_days_refused",
  "send_refused",
  "keys_malformed",
  "option_refused",
] as const;

/** A stable code of a programmer's mistake. */
export type OptionError = (typeof optionErrors)[number];

/** Throws a programmer's mistake unless a condition holds. */
export function assertOption(condition: boolean, code: OptionError, message: string): asserts condition {
  if (!condition) throw new TallystickError(code, message);
}
