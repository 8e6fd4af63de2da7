import { outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import type { Currency, OrderKey, PartnerId } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { findNextRelease, stepBookings, walkEarned } from "./rows/earned.ts";

/** What a partner earned in a month, by currency. */
export interface EarnedMonth {
  /** `2027-11`. */
  month: string;
  earned: ReadonlyMap<Currency, number>;
}

/** What is held and becomes payable on one day, by currency. */
export interface ComingDay {
  /** A day's first moment in UTC; null where somebody has to decide first. */
  day: Instant | null;
  sums: ReadonlyMap<Currency, number>;
}

/** What is added up of a partner's bookings. */
export interface Earned {
  /** The last twelve months, the oldest first. */
  months: EarnedMonth[];
  /** When the next held amount becomes payable; null when that is not known or nothing is held. */
  nextAt: Instant | null;
  /** What is held of the last twelve months' orders, the earliest day first and what has none last. */
  coming: ComingDay[];
}

interface Kept {
  earned: Earned;
  gatheredAt: Instant;
  /** How many bookings were read. */
  bookings: number;
}

const monthsShown = 12;
/** What is held was sold within this, or is held for another reason than time. */
const heldWithinDays = 400;
/** Sales of so many days are one look for the next release. */
const stepDays = 20;
/** Of a partner with fewer bookings the sums are made anew each time: the page is never behind the books. */
const alwaysFresh = 1_000;
const staleMs = 60_000;
const keptAtMost = 1_000;

type Needs = Pick<Deps, "store" | "clock">;

const kept = new WeakMap<Deps["store"], Map<PartnerId, Kept>>();
const underWay = new WeakMap<Deps["store"], Map<PartnerId, Promise<Kept>>>();

/**
 * What a partner earned by month. Of one with many bookings it is added up once a minute at the most, in small steps that
 * let purchases pass between two, and beside the page: that shows what stood before.
 */
export async function readEarned(
  deps: Needs,
  partner: PartnerId,
  { freshBelow = alwaysFresh }: { freshBelow?: number } = {},
): Promise<Earned> {
  const known = kept.get(deps.store)?.get(partner);
  if (known === undefined || known.bookings < freshBelow) return (await gatherOnce(deps, partner)).earned;
  if (deps.clock() - known.gatheredAt >= staleMs) {
    // What fails is tried again by whoever looks next.
    gatherOnce(deps, partner).catch(() => {});
  }
  return known.earned;
}

/** One gathering at a time of a partner's in this process. It is nobody's deed. */
function gatherOnce(deps: Needs, partner: PartnerId): Promise<Kept> {
  const running = underWay.get(deps.store) ?? new Map<PartnerId, Promise<Kept>>();
  underWay.set(deps.store, running);
  const known = running.get(partner);
  if (known !== undefined) return known;
  const gathering = outsideDeeds(() => gather(deps, partner)).finally(() => running.delete(partner));
  running.set(partner, gathering);
  return gathering;
}

async function gather({ store, clock }: Needs, partner: PartnerId): Promise<Kept> {
  const now = clock();
  const spans = monthsBefore(now);
  const sums = new Map(spans.map(({ month }) => [month, new Map<Currency, number>()] as const));
  const coming = new Map<number | null, Map<Currency, number>>();
  let bookings = 0;
  for (const { month, from, until } of spans) {
    const sum = sums.get(month);
    for (let after: OrderKey | undefined = firstOrderKey(from); after !== undefined; ) {
      const begin: OrderKey = after;
      const span = { partner_id: partner, after: begin, until: firstOrderKey(until) };
      const rows: Awaited<ReturnType<typeof walkEarned>> = await store.read((tx) => walkEarned(tx, span));
      bookings += rows.length;
      const last = rows.length < stepBookings ? undefined : rows.at(-1)?.order_key;
      // The last order of a full step may have more: it is read again with those behind it.
      const whole = last === undefined ? rows : rows.filter(({ order_key }) => order_key !== last);
      for (const { currency, earned_minor, held_minor, release_at } of whole) {
        sum?.set(currency, (sum.get(currency) ?? 0) + Number(earned_minor));
        if (Number(held_minor) !== 0)
          noteComing(coming, { at: release_at, currency, amountMinor: Number(held_minor) });
      }
      after = last === undefined ? undefined : (whole.at(-1)?.order_key ?? undefined);
    }
  }
  const nextAt = await nextReleaseOf(store, partner, now);
  const months = spans.map(({ month }) => ({ month, earned: sums.get(month) ?? new Map() }));
  const result: Kept = { earned: { months, nextAt, coming: daysOf(coming) }, gatheredAt: now, bookings };
  const all = kept.get(store) ?? new Map<PartnerId, Kept>();
  kept.set(store, all);
  // The one that was looked at longest ago goes.
  all.delete(partner);
  all.set(partner, result);
  const [oldest] = all.keys();
  if (all.size > keptAtMost && oldest !== undefined) all.delete(oldest);
  return result;
}

function noteComing(
  coming: Map<number | null, Map<Currency, number>>,
  { at, currency, amountMinor }: { at: Instant | null; currency: Currency; amountMinor: number },
): void {
  const day = at === null ? null : Math.floor(Number(at) / 86_400_000) * 86_400_000;
  const sums = coming.get(day) ?? new Map<Currency, number>();
  coming.set(day, sums);
  sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
}

const daysOf = (coming: ReadonlyMap<number | null, Map<Currency, number>>): ComingDay[] =>
  [...coming]
    .map(([day, sums]) => ({ day: day === null ? null : instant(day), sums }))
    .toSorted(
      (one, other) => (one.day ?? Number.POSITIVE_INFINITY) - (other.day ?? Number.POSITIVE_INFINITY),
    );

async function nextReleaseOf(
  store: Needs["store"],
  partner: PartnerId,
  now: Instant,
): Promise<Instant | null> {
  const found: Instant[] = [];
  for (let back = heldWithinDays; back > 0; back -= stepDays) {
    const since = addDays(now, -back);
    // What a shop dated into the future belongs to the last step.
    const until = back > stepDays ? addDays(now, stepDays - back) : addDays(now, 100 * 365);
    const next = await store.read((tx) => findNextRelease(tx, { partner_id: partner, since, until }));
    if (next !== null) found.push(next);
  }
  return found.length === 0 ? null : instant(Math.min(...found));
}

/** The last twelve calendar months in UTC, the present one included, the oldest first. */
export function monthsBefore(now: Instant): { month: string; from: Instant; until: Instant }[] {
  const date = new Date(now);
  return Array.from({ length: monthsShown }, (_, at) => {
    const back = monthsShown - 1 - at;
    const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1);
    const until = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back + 1, 1);
    return { month: new Date(from).toISOString().slice(0, 7), from: instant(from), until: instant(until) };
  });
}
