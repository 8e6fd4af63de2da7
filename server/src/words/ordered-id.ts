import type { Instant } from "./clock.ts";
import { randomHex } from "./random-hex.ts";

let last = { at: 0, count: 0 };

/**
 * An id of 25 characters that sorts by when it was made, also within one millisecond of one process; by chance after
 * that. Processes whose clocks differ make ids in the order of their clocks.
 */
export function orderedId(now: Instant): string {
  last = now === last.at ? { at: now, count: (last.count + 1) % 0x1_00_00 } : { at: now, count: 0 };
  return now.toString(36).padStart(9, "0") + last.count.toString(16).padStart(4, "0") + randomHex(6);
}
