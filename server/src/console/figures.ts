import { outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { Currency, OrderKey } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { findFigure, putFigure } from "./rows/figures.ts";
import {
  countEndingTerms,
  countOutcomes,
  type EndingTerms,
  findReleaseStep,
  type OutcomeCount,
  sumReleases,
} from "./rows/gathering.ts";

/** What history says to the console's first page. Gathered in steps, and kept until it is gathered again. */
export interface Figures {
  gatheredAt: Instant;
  /** How long gathering took. */
  tookMs: number;
  /** Orders of the last 30 days by day, outcome and reason, the oldest day first. */
  outcomes: OutcomeCount[];
  /** What becomes payable within each of the coming weeks, by currency. */
  releases: { until: Instant; currency: Currency; heldMinor: number }[];
  /** Terms that end within 60 days and are not renewed, by the partner who sold them, the most first. */
  endingTerms: EndingTerms[];
}

/** How many days back outcomes are counted. */
export const outcomeDays = 30;
/** How many days ahead terms are looked for that end. */
export const endingDays = 60;
/** How many weeks ahead it is said what becomes payable. */
export const releaseWeeks = 13;

const dayMs = 86_400_000;
/** What is older than this is gathered anew when somebody looks; what takes long is gathered seldom. */
const staleMs = ({ tookMs }: Pick<Figures, "tookMs">): number => Math.max(60_000, 30 * tookMs);
/** What takes longer than this is gathered beside the page, which shows what stood before. */
const awaitedMs = 250;
const partnersAtMost = 100;
const figureName = "first-screen";
/** The terms that are looked for, in months. */
const terms = { P1M: 1, P3M: 3, P6M: 6, P1Y: 12, P2Y: 24, P3Y: 36 } as const;

type Needs = Pick<Deps, "store" | "clock">;

const underWay = new WeakMap<object, Promise<Figures>>();

/**
 * The figures, never long out of date: what has aged is gathered anew. A small shop's page waits for that, a large one's
 * shows what stood and says since when.
 */
export async function readFigures(deps: Needs): Promise<Figures> {
  const row = await deps.store.read((tx) => findFigure(tx, figureName));
  if (row === undefined) return gatherOnce(deps);
  const figures = JSON.parse(row.value) as Figures;
  if (deps.clock() - figures.gatheredAt < staleMs(figures)) return figures;
  const fresh = gatherOnce(deps);
  if (figures.tookMs <= awaitedMs) return fresh;
  // What fails is tried again by whoever looks next.
  fresh.catch(() => {});
  return figures;
}

/** One gathering at a time in this process. It is nobody's deed. */
function gatherOnce(deps: Needs): Promise<Figures> {
  const running = underWay.get(deps.store);
  if (running !== undefined) return running;
  const gathering = outsideDeeds(() => gatherFigures(deps)).finally(() => underWay.delete(deps.store));
  underWay.set(deps.store, gathering);
  return gathering;
}

/** Walks through the orders of the last days in small steps, and keeps what it counted. */
export async function gatherFigures({ store, clock }: Needs): Promise<Figures> {
  const now = clock();
  const started = performance.now();
  const read = <T>(work: (tx: Tx) => Promise<T>) => store.read(work);
  const outcomes = await gatherOutcomes(read, now);
  const releases = await gatherReleases(read, now);
  const endingTerms = await gatherEndingTerms(read, now);
  const tookMs = Math.round(performance.now() - started);
  const figures: Figures = { gatheredAt: now, tookMs, outcomes, releases, endingTerms };
  const row = { name: figureName, value: JSON.stringify(figures), gathered_at: now };
  await store.write((tx) => putFigure(tx, row));
  return figures;
}

type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

async function gatherOutcomes(read: Read, now: Instant): Promise<OutcomeCount[]> {
  const today = Math.floor(now / dayMs);
  const sums = new Map<string, OutcomeCount>();
  for (
    let after: OrderKey | undefined = firstOrderKey(instant((today - outcomeDays + 1) * dayMs));
    after !== undefined;
  ) {
    const from: OrderKey = after;
    const { counts, last } = await read((tx) => countOutcomes(tx, from));
    for (const one of counts) addTo(sums, `${one.day} ${one.outcome} ${one.reason}`, one, "orders");
    after = last;
  }
  return [...sums.values()].sort((one, other) => one.day - other.day);
}

async function gatherReleases(read: Read, now: Instant): Promise<Figures["releases"]> {
  const sums = new Map<string, Figures["releases"][number]>();
  for (let day = 0; day < releaseWeeks * 7; day++) {
    const from = day === 0 ? instant(0) : instant(now + day * dayMs);
    const end = instant(now + (day + 1) * dayMs);
    const until = instant(now + (Math.floor(day / 7) + 1) * 7 * dayMs);
    for (let start: Instant = from; start < end; ) {
      const step = { from: start, until: end };
      const range = { from: start, until: await read((tx) => findReleaseStep(tx, step)) };
      for (const one of await read((tx) => sumReleases(tx, range)))
        if (one.heldMinor !== 0) addTo(sums, `${until} ${one.currency}`, { ...one, until }, "heldMinor");
      start = range.until;
    }
  }
  return [...sums.values()];
}

async function gatherEndingTerms(read: Read, now: Instant): Promise<EndingTerms[]> {
  const sums = new Map<string, EndingTerms>();
  for (const [period, months] of Object.entries(terms)) {
    const from = monthsBefore(now, months);
    const until = firstOrderKey(instant(Math.min(from + endingDays * dayMs, now)));
    for (let after: OrderKey | undefined = firstOrderKey(from); after !== undefined; ) {
      const start: OrderKey = after;
      const step = await read((tx) => countEndingTerms(tx, { after: start, until, period }));
      for (const one of step.terms) {
        const sum = sums.get(`${one.partner} ${one.currency}`);
        if (sum === undefined) sums.set(`${one.partner} ${one.currency}`, { ...one });
        else {
          sum.orders += one.orders;
          sum.netMinor += one.netMinor;
        }
      }
      after = step.last;
    }
  }
  return [...sums.values()].sort((one, other) => other.orders - one.orders).slice(0, partnersAtMost);
}

function monthsBefore(now: Instant, months: number): Instant {
  const date = new Date(now);
  return instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate()));
}

function addTo<Row extends { [Name in Sum]: number }, Sum extends string>(
  sums: Map<string, Row>,
  key: string,
  row: Row,
  sum: Sum,
): void {
  const before = sums.get(key);
  sums.set(key, before === undefined ? row : { ...before, [sum]: before[sum] + row[sum] });
}
