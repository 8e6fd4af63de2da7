import type { Instant } from "./clock.ts";
import { as, type OrderKey } from "./ids.ts";
import { randomHex } from "./random-hex.ts";

/** A new order's key. It begins with the time, so that new rows lie together in every index, and ends with 80 random bits. */
export const newOrderKey = (now: Instant): OrderKey => as.order(timePart(now) + randomHex(10));

/** Sorts before every key made at an instant or later, and after all that were made before it. */
export const firstOrderKey = (at: Instant): OrderKey => as.order(timePart(at));

/** Nine digits to the base 36 sort like the milliseconds they stand for, until the year 5188. */
const timePart = (at: Instant) => Math.max(at, 0).toString(36).padStart(9, "0");
