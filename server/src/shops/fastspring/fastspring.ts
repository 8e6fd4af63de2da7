import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { type Instant, instant } from "../../words/clock.ts";
import { verifyBody } from "../kit/body-signature.ts";
import { idText } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop, SingleReading } from "../shop.ts";
import { type FastspringApi, fetchOrder } from "./api.ts";
import { readFastspringCharge, readFastspringGroupCharge, readFastspringOrder } from "./order.ts";
import { readFastspringReturn } from "./return.ts";

/** No delivery of FastSpring's comes near it. */
const maxEvents = 1000;

const batchSchema = z.object({ events: z.array(z.unknown()).max(maxEvents) });

const eventSchema = z.object({
  id: idText,
  type: z.string().min(1).max(200),
  /** Milliseconds since 1970. Numbers are read as the text they were written as. */
  created: z.string().regex(/^[0-9]{1,14}$/),
  live: z.boolean(),
  data: z.unknown(),
});

/** What a reader needs to know of the event around its object. */
export interface FastspringEvent {
  eventId: string;
  type: string;
  occurredAt: Instant;
  /** False for a test order. */
  live: boolean;
}

const readers: ReadonlyMap<string, (event: FastspringEvent, data: unknown) => SingleReading> = new Map([
  ["order.completed", readFastspringOrder],
  ["subscription.charge.completed", readFastspringCharge],
  ["subscription.group.charge.completed", readFastspringGroupCharge],
  ["return.created", readFastspringReturn],
]);

/** The types of event that the receiver has a use for: what a webhook at FastSpring should be sent. */
export const fastspringEventTypes: readonly string[] = [...readers.keys()];

/**
 * A shop on FastSpring. One delivery holds several events, each of which is read and taken for itself. Answer 200: by
 * 202 FastSpring would understand that only the events listed in the answer were taken.
 *
 * Rules: https://developer.fastspring.com/reference/webhooks-overview. `docs/shops/fastspring.md` tells how each event is
 * read, and why. With its API, an order is asked for that its renewal names alone.
 */
export function openFastspring(
  keys: readonly KeyObject[],
  { api }: { api?: FastspringApi | undefined } = {},
): Shop {
  return {
    kind: "fastspring",
    read({ headers, body }) {
      const verdict = verifyBody(headers.get("x-fs-signature"), body, keys, "base64");
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body, { exactNumbers: true });
      if (json.outcome === "refused") return json;
      const batch = readPayload(batchSchema, json.value);
      if (batch.outcome === "refused") return batch;
      return { outcome: "batch", readings: batch.value.events.map(readEvent) };
    },
    ...(api === undefined
      ? {}
      : {
          needsConfirming: ({ outcome }) => outcome === "incomplete",
          confirm: async (reading) => (reading.outcome === "incomplete" ? fetchOrder(reading, api) : reading),
        }),
  };
}

function readEvent(value: unknown): SingleReading {
  const reading = readPayload(eventSchema, value);
  if (reading.outcome === "refused") return reading;
  const { id: eventId, type, created, live, data } = reading.value;
  const event = { eventId, type, occurredAt: instant(Number(created)), live };
  return readers.get(type)?.(event, data) ?? { outcome: "ignored", eventId, type };
}
