import { Counter, collectDefaultMetrics, Registry } from "prom-client";
import type { Log, LogEvent, LogFields } from "../words/log.ts";
import { type RequestTimes, requestTimes } from "./request-times.ts";

/** How a delivery to a webhook ended. */
export type WebhookOutcome = (typeof webhookOutcomes)[number];

/**
 * What can be counted, so that each series is there from the first second: an alert on the first failure compares with
 * the zero before it.
 */
export interface KnownSeries {
  shops: readonly string[];
  /** Why a click may be rejected. */
  clickReasons: readonly string[];
  /** Outcomes of decisions with their reasons. */
  decisions: readonly (readonly [outcome: string, reason: string])[];
  /** Guarded routes that attackers try first. */
  guarded: readonly string[];
  /** Hot routes with the statuses that matter. */
  requests: readonly (readonly [route: string, status: number])[];
}

const webhookOutcomes = ["recorded", "duplicate", "ignored", "waiting", "refused", "failed"] as const;

/** What the receiver counts about itself. Labels never hold an id: a reseller's name is nobody else's business. */
export interface Metrics {
  registry: Registry;
  /** The text for a scraper. First runs what `beforeScrape` was given, for two seconds at the most. */
  text(): Promise<string>;
  /** Registers work that sets figures before each scrape. When it fails, the others are scraped all the same. */
  beforeScrape(ask: () => Promise<void>): void;
  /** Counts an answered request and how long it took. */
  requests: RequestTimes;
  /** Counts a delivery. The shop must be one of the configuration's, or `unknown`. */
  webhook(shop: string, outcome: WebhookOutcome): void;
  /** Wraps a log so that lines about clicks, orders, registrations and postbacks are counted as they are written. */
  counting(log: Log): Log;
}

/** Metrics with a registry of their own, so that two receivers in one process do not mix. */
export function createMetrics(known: KnownSeries = nothingKnown): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges that are named like counters; the same figures stand by type under the names without `_total`.
  for (const name of ["handles", "requests", "resources"])
    registry.removeSingleMetric(`nodejs_active_${name}_total`);
  const clicks = tally(registry, "tallystick_clicks_total", "Clicks on renewal links", ["result", "reason"]);
  const reversed = { count: 0 };
  const ofShops = tally(registry, "tallystick_shop_orders_total", "Decisions on orders by shop", [
    "shop",
    "outcome",
    "reason",
  ]);
  new Counter<"outcome" | "reason">({
    name: "tallystick_orders_total",
    help: "Decisions on orders",
    labelNames: ["outcome", "reason"],
    registers: [registry],
    // Each decision is counted once, by its shop; here those of all shops are added up.
    collect() {
      this.reset();
      for (const [outcome, reason] of known.decisions) this.inc({ outcome, reason }, 0);
      this.inc({ outcome: "reversed", reason: "" }, reversed.count);
      for (const { labels, count } of ofShops.sums())
        this.inc({ outcome: labels.outcome ?? "", reason: labels.reason ?? "" }, count);
    },
  });
  const decided = (outcome: string, fields?: LogFields) =>
    ofShops(String(fields?.shop ?? ""), outcome, reasonOf(fields));
  const bindings = tally(registry, "tallystick_registrations_total", "Licences registered", ["result"]);
  const postbacks = tally(registry, "tallystick_postbacks_total", "Attempts to tell partners and networks", [
    "result",
  ]);
  const webhooks = tally(registry, "tallystick_webhooks_total", "Deliveries of shops", ["shop", "outcome"]);
  const unauthorized = tally(registry, "tallystick_unauthorized_total", "Wrong bearers", ["route"]);
  const counters: Partial<Record<LogEvent, (fields?: LogFields) => void>> = {
    "request.unauthorized": (fields) => unauthorized(String(fields?.route ?? "")),
    "click.accepted": () => clicks("accepted", ""),
    "click.rejected": (fields) => clicks("rejected", String(fields?.reason ?? "")),
    "order.credited": (fields) => decided("credited", fields),
    "order.held": (fields) => decided("held", fields),
    "order.unattributed": (fields) => decided("unattributed", fields),
    "order.reversed": () => void reversed.count++,
    "registration.bound": () => bindings("bound"),
    "registration.conflict": () => bindings("conflict"),
    "postback.delivered": () => postbacks("delivered"),
    "postback.failed": (fields) => postbacks(postbackResult(fields)),
  };
  for (const route of known.guarded) unauthorized.at(0, route);
  clicks.at(0, "accepted", "");
  for (const reason of known.clickReasons) clicks.at(0, "rejected", reason);
  for (const shop of known.shops)
    for (const [outcome, reason] of known.decisions) ofShops.at(0, shop, outcome, reason);
  for (const result of ["bound", "conflict"]) bindings.at(0, result);
  for (const result of ["delivered", "retry", "failed", "manual"]) postbacks.at(0, result);
  for (const shop of [...known.shops, "unknown"])
    for (const outcome of webhookOutcomes) webhooks.at(0, shop, outcome);
  const asked: (() => Promise<void>)[] = [];
  return {
    registry,
    requests: requestTimes(registry, known.requests),
    beforeScrape: (ask) => void asked.push(ask),
    text: async () => {
      await inTime(Promise.allSettled(asked.map((ask) => ask())));
      return registry.metrics();
    },
    webhook: (shop, outcome) => webhooks(shop, outcome),
    counting: (log) => countingLog(log, counters),
  };
}

const nothingKnown: KnownSeries = { shops: [], clickReasons: [], decisions: [], guarded: [], requests: [] };

const askWithinMilliseconds = 2_000;

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, askWithinMilliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const reasonOf = (fields?: LogFields) => String(fields?.reason ?? "");

/** A failed attempt leaves its message pending, given up, or to a person. */
const postbackResult = (fields?: LogFields) =>
  fields?.outcome === "pending" ? "retry" : String(fields?.outcome);

function countingLog(log: Log, counters: Partial<Record<LogEvent, (fields?: LogFields) => void>>): Log {
  return {
    info(event, fields) {
      counters[event]?.(fields);
      log.info(event, fields);
    },
    warn(event, fields, cause) {
      counters[event]?.(fields);
      log.warn(event, fields, cause);
    },
    error(event, fields, cause) {
      counters[event]?.(fields);
      log.error(event, fields, cause);
    },
    flush: () => log.flush(),
  };
}

type Values<Labels extends readonly string[]> = { [Name in keyof Labels]: string };

interface Sum {
  labels: Record<string, string>;
  count: number;
}

/** Counts one more; `at` sets a sum, `sums` are all of them. */
type Tally<Labels extends readonly string[]> = ((...values: Values<Labels>) => void) & {
  at(count: number, ...values: Values<Labels>): void;
  sums(): Iterable<Sum>;
};

const keyOf = (values: readonly string[]) => (values.length === 1 ? String(values[0]) : values.join("\n"));

/**
 * A counter whose sums rest in a plain map and are handed to prom-client when it is asked: counting through
 * prom-client hashes the labels each time, which the hot routes would feel.
 */
function tally<const Labels extends readonly string[]>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Labels,
): Tally<Labels> {
  const sums = new Map<string, Sum>();
  new Counter<string>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset();
      for (const { labels, count } of sums.values()) this.inc(labels, count);
    },
  });
  const at: Tally<Labels>["at"] = (count, ...values) => {
    const labels = Object.fromEntries(labelNames.map((label, index) => [label, String(values[index])]));
    sums.set(keyOf(values), { labels, count });
  };
  const add = (...values: Values<Labels>) => {
    const sum = sums.get(keyOf(values));
    if (sum !== undefined) sum.count++;
    else at(1, ...values);
  };
  return Object.assign(add, { at, sums: () => sums.values() });
}
