import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { Evidence } from "./evidence.ts";
import type { LostReason, RightReason } from "./reasons.ts";
import { isLate, isRuling } from "./strength.ts";

/** The right of the partner who sold a copy's last term to its renewal. */
export interface RenewalRight {
  partner: PartnerId;
  /** The window around the term's end, both included. */
  from: Instant;
  until: Instant;
  /** When the purchase was made, by the shop's clock. */
  boughtAt: Instant;
}

/** The evidence that may win under a right, and why the other does not. */
export interface Rightful {
  /** The strongest first, as it came. */
  counting: readonly Evidence[];
  setAside: ReadonlyMap<Evidence, LostReason>;
  /** Why the strongest of it wins, where that is because of the right. */
  because?: RightReason;
}

/**
 * What a renewal right does to the evidence that counts, given with the strongest first. Inside the window the partner who
 * sold the last term is credited, as long as any evidence of it counts, whoever's link was clicked. After it the licence
 * is open: evidence that is newer than the window stands before all that is older. A ruling on the order is above both.
 */
export function applyRight(
  counting: readonly Evidence[],
  right: RenewalRight | undefined,
  at: Instant,
): Rightful {
  const untouched: Rightful = { counting, setAside: new Map() };
  const [strongest] = counting;
  if (right === undefined || strongest === undefined || isRuling(strongest)) return untouched;
  if (right.boughtAt < right.from) return untouched;
  if (right.boughtAt <= right.until) {
    const isOwn = (one: Evidence) => one.partner === right.partner;
    return counting.some(isOwn) ? keepOnly(counting, isOwn, "incumbent") : untouched;
  }
  // What the receiver heard late of an earlier purchase is as old as that purchase.
  const isNewer = ({ seenAt, boughtAt = seenAt, ...one }: Evidence) =>
    Math.min(seenAt, boughtAt) > right.until && !isLate({ ...one, seenAt }, at);
  const newest = counting.find(isNewer);
  if (newest === undefined || newest.partner === strongest.partner) return untouched;
  return keepOnly(counting, isNewer, "open_after_window");
}

function keepOnly(
  counting: readonly Evidence[],
  stays: (one: Evidence) => boolean,
  because: RightReason,
): Rightful {
  const reason = because === "incumbent" ? "right_of_incumbent" : "window_over";
  const aside = counting.filter((one) => !stays(one));
  return {
    counting: counting.filter(stays),
    setAside: new Map(aside.map((one) => [one, reason])),
    because,
  };
}
