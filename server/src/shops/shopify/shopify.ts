import { createHash, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { DeliveryHeaders } from "../../secrets/webhook-signatures/signature.ts";
import type { Instant } from "../../words/clock.ts";
import { verifyBody } from "../kit/body-signature.ts";
import { isoTime } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";
import { readChangedShopifyOrder, readShopifyDispute, readShopifyRefund } from "./losses.ts";
import { readShopifyOrder, type ShopifyReader } from "./order.ts";
import { readShopifyBillingAttempt, readShopifyContract } from "./subscription.ts";

const readers: ReadonlyMap<string, ShopifyReader> = new Map<string, ShopifyReader>([
  ["orders/paid", readShopifyOrder],
  ["orders/updated", readChangedShopifyOrder],
  ["refunds/create", readShopifyRefund],
  ["disputes/create", readShopifyDispute],
  ["disputes/update", readShopifyDispute],
  ["subscription_contracts/create", readShopifyContract],
  ["subscription_billing_attempts/success", readShopifyBillingAttempt],
]);

/** The topics that the receiver has a use for: what an app at Shopify should be subscribed to. */
export const shopifyEventTypes: readonly string[] = [...readers.keys()];

const anObject = z.record(z.string(), z.unknown());
const topicShape = /^[a-z_]{1,60}\/[a-z_]{1,60}$/;
const idShape = /^[\x21-\x7e]{1,100}$/;

/**
 * A shop on Shopify, told of by the webhooks of an app, which are signed with the app's client secret. The signature
 * covers the body alone: what the topic says is believed only as far as the body has its shape.
 *
 * Rules: https://shopify.dev/docs/apps/build/webhooks/subscribe/https. `docs/shops/shopify.md` tells how each event is
 * read, and why.
 */
export function openShopify(keys: readonly KeyObject[]): Shop {
  return {
    kind: "shopify",
    read({ headers, body }, now) {
      const verdict = verifyBody(headers.get("x-shopify-hmac-sha256"), body, keys, "base64");
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body, { exactNumbers: true });
      if (json.outcome === "refused") return json;
      const payload = readPayload(anObject, json.value);
      if (payload.outcome === "refused") return payload;
      const type = headers.get("x-shopify-topic") ?? "";
      if (!topicShape.test(type)) return refused("event_malformed", "no topic in x-shopify-topic");
      const eventId = eventIdOf(headers, type, body);
      return (
        readers.get(type)?.({ eventId, type, at: timeOf(headers) ?? now }, payload.value, now) ?? {
          outcome: "ignored",
          eventId,
          type,
        }
      );
    },
  };
}

/**
 * Shopify's id is that of what happened in the shop, which may be told under several topics: with the topic it is one
 * event's. Deliveries of older versions of the API have none.
 */
function eventIdOf(headers: DeliveryHeaders, topic: string, body: Uint8Array): string {
  const id = headers.get("x-shopify-event-id");
  if (id !== null && idShape.test(id)) return `${topic}:${id}`;
  return `${topic}:${createHash("sha256").update(body).digest("hex")}`;
}

/** When Shopify made the event: a header that no signature covers, so it may only say which of two tellings is newer. */
function timeOf(headers: DeliveryHeaders): Instant | undefined {
  return isoTime.safeParse(headers.get("x-shopify-triggered-at")).data;
}
