import type { Shop, SingleReading, WebhookReading } from "../shop.ts";

/**
 * The one rule for test orders, whatever the shop: a shop that is configured for real money takes live events alone,
 * one configured for tests takes test events alone. What is not taken is answered 200, so that the shop forgets it, and
 * noted in the log as `test_mode` or `live_mode`.
 */
export function inOneMode(shop: Shop, testMode: boolean): Shop {
  const rule = (reading: WebhookReading): WebhookReading =>
    reading.outcome === "batch"
      ? { outcome: "batch", readings: reading.readings.map((one) => ruleOne(one, testMode)) }
      : ruleOne(reading, testMode);
  const { confirm } = shop;
  return {
    ...shop,
    read: (delivery, now) => rule(shop.read(delivery, now)),
    ...(confirm === undefined
      ? {}
      : { confirm: async (reading, now) => ruleOne(await confirm(reading, now), testMode) }),
  };
}

function ruleOne(reading: SingleReading, testMode: boolean): SingleReading {
  if (reading.outcome !== "events" && reading.outcome !== "incomplete") return reading;
  if (reading.live !== testMode) return reading;
  const because = testMode ? "live_mode" : "test_mode";
  if (reading.outcome === "incomplete")
    return { outcome: "ignored", type: reading.type, because, eventId: reading.eventId };
  const [event] = reading.events;
  return { outcome: "ignored", type: event?.effect ?? "none", because, ...eventIdOf(event) };
}

const eventIdOf = (event: { eventId: string } | undefined) =>
  event === undefined ? {} : { eventId: event.eventId };
