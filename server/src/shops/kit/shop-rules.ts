import { isBounded } from "../../events/purchase-event.ts";
import type { Shop, SingleReading, WebhookReading } from "../shop.ts";
import { refused } from "./read-json.ts";

/** What holds for a reading whatever the shop. */
type Rule = (reading: SingleReading) => SingleReading;

/**
 * The one rule for test orders, whatever the shop: a shop that is configured for real money takes live events alone,
 * one configured for tests takes test events alone. What is not taken is answered 200, so that the shop forgets it, and
 * noted in the log as `test_mode` or `live_mode`.
 */
export const inOneMode = (shop: Shop, testMode: boolean): Shop =>
  ruled(shop, (reading) => {
    if (reading.outcome !== "events" && reading.outcome !== "incomplete") return reading;
    if (reading.live !== testMode) return reading;
    const because = testMode ? "live_mode" : "test_mode";
    if (reading.outcome === "incomplete")
      return { outcome: "ignored", type: reading.type, because, eventId: reading.eventId };
    const [event] = reading.events;
    return { outcome: "ignored", type: event?.effect ?? "none", because, ...eventIdOf(event) };
  });

const eventIdOf = (event: { eventId: string } | undefined) =>
  event === undefined ? {} : { eventId: event.eventId };

/** The same shop, which refuses events with amounts that nobody can mean. */
export const withinBounds = (shop: Shop): Shop =>
  ruled(shop, (reading) =>
    reading.outcome !== "events" || reading.events.every(isBounded)
      ? reading
      : refused("event_malformed", "an amount is larger than any sale"),
  );

/** The same shop under a rule, in what it is told and in what its API says. Of a batch each event stands for itself. */
function ruled(shop: Shop, rule: Rule): Shop {
  const ruleAll = (reading: WebhookReading): WebhookReading =>
    reading.outcome === "batch" ? { ...reading, readings: reading.readings.map(rule) } : rule(reading);
  const { confirm } = shop;
  return {
    ...shop,
    read: (delivery, now) => ruleAll(shop.read(delivery, now)),
    ...(confirm === undefined ? {} : { confirm: async (reading, now) => rule(await confirm(reading, now)) }),
  };
}
