import { Counter, collectDefaultMetrics, Registry } from "prom-client";
import type { Log, LogEvent, LogFields } from "../words/log.ts";
import { type RequestTimes, requestTimes } from "./request-times.ts";

/** How a delivery to a webhook ended. */
export type WebhookOutcome = "recorded" | "duplicate" | "ignored" | "refused" | "failed";

/** What the receiver counts about itself. Labels never hold an id: a reseller's name is nobody else's business. */
export interface Metrics {
  registry: Registry;
  /** Counts an answered request and how long it took. */
  requests: RequestTimes;
  /** Counts a delivery. The shop must be one of the configuration's, or `unknown`. */
  webhook(shop: string, outcome: WebhookOutcome): void;
  /** The same log, with clicks and orders counted on the way: each of them has its line already. */
  counting(log: Log): Log;
}

/** Metrics with a registry of their own, so that two receivers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const clicks = tally(registry, "tallystick_clicks_total", "Clicks on renewal links", ["result", "reason"]);
  const orders = tally(registry, "tallystick_orders_total", "Decisions on orders", ["outcome"]);
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
    "order.credited": () => orders("credited"),
    "order.held": () => orders("held"),
    "order.unattributed": () => orders("unattributed"),
    "order.reversed": () => orders("reversed"),
    "registration.bound": () => bindings("bound"),
    "registration.conflict": () => bindings("conflict"),
    "postback.delivered": () => postbacks("delivered"),
    "postback.failed": (fields) => postbacks(postbackResult(fields)),
  };
  return {
    registry,
    requests: requestTimes(registry),
    webhook: (shop, outcome) => webhooks(shop, outcome),
    counting: (log) => countingLog(log, counters),
  };
}

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

/**
 * A counter whose sums rest in a plain map and are handed to prom-client when it is asked: counting through
 * prom-client hashes the labels each time, which the hot routes would feel.
 */
function tally<const Labels extends readonly string[]>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Labels,
): (...values: { [Name in keyof Labels]: string }) => void {
  const sums = new Map<string, { labels: Record<string, string>; count: number }>();
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
  return (...values) => {
    const key = values.length === 1 ? String(values[0]) : values.join("\n");
    const sum = sums.get(key);
    if (sum !== undefined) sum.count++;
    else {
      const labels = Object.fromEntries(labelNames.map((label, at) => [label, String(values[at])]));
      sums.set(key, { labels, count: 1 });
    }
  };
}
