import { isBounded } from "../../events/purchase-event.ts";
import type { Shop, SingleReading, WebhookReading } from "../shop.ts";
import { refused } from "./read-json.ts";

/** The same shop, which refuses events with amounts that nobody can mean. */
export function withinBounds(shop: Shop): Shop {
  const { confirm } = shop;
  return {
    ...shop,
    read: (delivery, now) => bounded(shop.read(delivery, now)),
    ...(confirm === undefined
      ? {}
      : { confirm: async (reading, now) => boundedSingle(await confirm(reading, now)) }),
  };
}

/** A reading as it is, or its refusal. Of a batch each event stands for itself. */
export function bounded(reading: WebhookReading): WebhookReading {
  return reading.outcome === "batch"
    ? { ...reading, readings: reading.readings.map(boundedSingle) }
    : boundedSingle(reading);
}

function boundedSingle(reading: SingleReading): SingleReading {
  if (reading.outcome !== "events" || reading.events.every(isBounded)) return reading;
  return refused("event_malformed", "an amount is larger than any sale");
}
