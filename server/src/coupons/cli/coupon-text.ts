import { formatTime } from "../../cli/amounts-and-times.ts";
import { formatFields } from "../../cli/table.ts";
import type { Coupon } from "../coupons.ts";

/** A coupon for a person, a line for each of its members. */
export function couponText(coupon: Coupon): string {
  const time = (text: string | null) => (text === null ? null : formatTime(text));
  return formatFields([
    ["code", coupon.code],
    ["partner", coupon.partner],
    ["products", coupon.products?.join(", ") ?? "all"],
    ["from", time(coupon.validFrom)],
    ["until", time(coupon.validUntil)],
    ["ended", time(coupon.endedAt)],
    ["status", coupon.status.replaceAll("_", " ")],
  ]);
}
