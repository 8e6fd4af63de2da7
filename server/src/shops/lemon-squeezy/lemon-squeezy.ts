import { createHash, type KeyObject } from "node:crypto";
import { z } from "zod";
import { verifyBody } from "../kit/body-signature.ts";
import { anything, idText } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";
import { lemonReaders } from "./order.ts";

const eventSchema = z.object({
  meta: z.object({
    event_name: z.string().min(1).max(200),
    test_mode: z.boolean().nullish(),
    custom_data: anything,
  }),
  data: z.object({ id: idText, attributes: z.unknown() }),
});

/** The types of event that the receiver has a use for: what a webhook at Lemon Squeezy should be sent. */
export const lemonSqueezyEventTypes: readonly string[] = [...lemonReaders.keys()];

/**
 * A shop on Lemon Squeezy. Its events have no id, so the hash of the body stands in for one. A second body about the
 * same object differs, since the links in it are signed anew each time: it is known by the object and the effect.
 *
 * Events: https://docs.lemonsqueezy.com/help/webhooks/webhook-requests. `docs/shops/lemon-squeezy.md` tells how each is
 * read, and why.
 */
export function openLemonSqueezy(keys: readonly KeyObject[]): Shop {
  return {
    kind: "lemon-squeezy",
    read({ headers, body }) {
      const verdict = verifyBody(headers.get("x-signature"), body, keys, "hex");
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body);
      if (json.outcome === "refused") return json;
      const reading = readPayload(eventSchema, json.value);
      if (reading.outcome === "refused") return reading;
      const { meta, data } = reading.value;
      const eventId = createHash("sha256").update(body).digest("hex");
      const type = meta.event_name;
      const event = { eventId, type, live: meta.test_mode !== true, carried: meta.custom_data };
      return lemonReaders.get(type)?.(event, data) ?? { outcome: "ignored", eventId, type };
    },
  };
}
