import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { Instant } from "../../words/clock.ts";
import { verifyBody } from "../kit/body-signature.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop, SingleReading } from "../shop.ts";
import type { WooApi } from "./api.ts";
import { readDeletedWooOrder, readWooOrder } from "./order.ts";
import { needsRefunds, withRefunds } from "./refunds.ts";
import { readWooSubscription } from "./subscription.ts";

/** Reads an order or a subscription as a webhook and the REST API tell of it, its numbers as text. */
export type WooReader = (type: string, object: unknown, now: Instant) => SingleReading;

const readers: ReadonlyMap<string, WooReader> = new Map<string, WooReader>([
  ["order.created", readWooOrder],
  ["order.updated", readWooOrder],
  ["order.restored", readWooOrder],
  ["order.deleted", readDeletedWooOrder],
  ["subscription.created", readWooSubscription],
  ["subscription.updated", readWooSubscription],
]);

/** The topics that the receiver has a use for: what webhooks at WooCommerce should be made for. */
export const woocommerceEventTypes: readonly string[] = [...readers.keys()];

const anObject = z.record(z.string(), z.unknown());
const topicShape = /^[a-z_]{1,60}\.[A-Za-z_]{1,100}$/;

/** What WooCommerce sends, unsigned, when a webhook is saved: it wants to see a 200 before it makes the webhook active. */
const pingShape = /^webhook_id=[0-9]{1,20}$/;

/**
 * A shop on WooCommerce. Each delivery tells the whole order as it now stands, so an id of the delivery means little:
 * what it tells is known by the order and when it became so. With its API, what was refunded is asked for line by line.
 *
 * Rules: https://developer.woocommerce.com/docs/best-practices/urls-and-routing/webhooks/. `docs/shops/woocommerce.md`
 * tells how each event is read, and why.
 */
export function openWoocommerce(
  keys: readonly KeyObject[],
  { api }: { api?: WooApi | undefined } = {},
): Shop {
  return {
    kind: "woocommerce",
    read({ headers, body }, now) {
      const signature = headers.get("x-wc-webhook-signature");
      if (signature === null && isPing(body)) return { outcome: "ignored", type: "ping" };
      const verdict = verifyBody(signature, body, keys, "base64");
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body, { exactNumbers: true });
      if (json.outcome === "refused") return json;
      const object = readPayload(anObject, json.value);
      if (object.outcome === "refused") return object;
      const type = headers.get("x-wc-webhook-topic") ?? "";
      if (!topicShape.test(type)) return refused("event_malformed", "no topic in x-wc-webhook-topic");
      return readers.get(type)?.(type, object.value, now) ?? { outcome: "ignored", type };
    },
    ...(api === undefined
      ? {}
      : { needsConfirming: needsRefunds, confirm: (reading, now) => withRefunds(reading, api, now) }),
  };
}

const isPing = (body: Uint8Array): boolean =>
  body.length < 40 && pingShape.test(Buffer.from(body).toString("latin1"));
