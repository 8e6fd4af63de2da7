import { z } from "@hono/zod-openapi";
import { idPattern } from "@tallystick/sdk/protocol";
import type { Handler } from "hono";
import type { App } from "../../http/app.ts";
import { type AppContext, type AppEnv, requestHeader } from "../../http/app-env.ts";
import type { Metrics, WebhookOutcome } from "../../http/metrics.ts";
import { problemResponse, refusalResponse } from "../../http/problem.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { readBody, SenderGone } from "../../http/request-body.ts";
import { route } from "../../http/route.ts";
import type { DeliveryHeaders } from "../../secrets/webhook-signatures/signature.ts";
import { as } from "../../words/ids.ts";
import { Refusal } from "../../words/refusal.ts";
import { takeWebhook, type WebhookDeps } from "../take-webhook.ts";

const webhook = route({
  who: "anyone",
  operationId: "receiveWebhook",
  method: "post",
  path: "/webhooks/{shop}",
  tags: ["Shops"],
  summary: "A shop's event",
  description:
    "Signed by the shop over the raw bytes, by its own rules. 200 once durable; a repetition is a duplicate and 200 too. `waiting` where the shop's API is asked for what the event does not tell, and takes its time. Send again only after a 5xx.",
  request: {
    params: z.object({ shop: z.string().openapi({ example: "stripe" }) }),
    body: { required: true, content: { "application/json": { schema: z.looseObject({}) } } },
  },
  responses: {
    200: answer(
      "Durable",
      z.object({ status: z.enum(["recorded", "duplicate", "ignored", "waiting"]) }).openapi("Delivery"),
    ),
    ...refusals("event_invalid", "signature_invalid", "shop_unknown", "body_too_large", "busy"),
  },
});

const keyedWebhook = route({
  who: "anyone",
  operationId: "receiveKeyedWebhook",
  method: "post",
  path: "/webhooks/{shop}/{key}",
  tags: ["Shops"],
  summary: "An event of a shop that signs nothing",
  description:
    "The same for shops on Gumroad: the secret stands in the address, and the event counts once the shop's own API has confirmed it. `waiting` until it did, where that takes longer than a few seconds.",
  request: {
    params: z.object({ shop: z.string().openapi({ example: "gumroad" }), key: z.string() }),
    body: {
      required: true,
      content: { "application/x-www-form-urlencoded": { schema: z.looseObject({}) } },
    },
  },
  responses: webhook.responses,
});

/** The routes of shops' deliveries. They are hot: no middleware stands before them. */
export function addWebhookRoutes(app: App, deps: WebhookDeps, metrics: Metrics): void {
  const takeDelivery = answerWebhook(deps, metrics);
  app.serve(webhook, takeDelivery);
  app.serve(keyedWebhook, takeDelivery);
}

/**
 * Takes a shop's delivery: exactly 200 once it is durable. Whatever fails here is answered 503, never 500: some
 * shops give up on a 500, all of them send again after a 503.
 */
function answerWebhook(deps: WebhookDeps, metrics: Metrics): Handler<AppEnv> {
  return async (c) => {
    const begun = performance.now();
    const shop = c.req.param("shop") ?? "";
    const { response, outcome } = await take(deps, shop, c);
    metrics.webhook(deps.shops.has(as.shop(shop)) ? shop : "unknown", outcome);
    // The secret in a keyed address is never told.
    metrics.requests(webhook.path, response.status, (performance.now() - begun) / 1000);
    return response;
  };
}

async function take(
  deps: WebhookDeps,
  shop: string,
  c: AppContext,
): Promise<{ response: Response; outcome: WebhookOutcome }> {
  try {
    const body = await readBody(c);
    const key = c.req.param("key");
    const delivery = { shop, headers: headersOf(c), body, ...(key === undefined ? {} : { key }) };
    const { status } = await takeWebhook(deps, delivery);
    return { response: new Response(answers[status], okay), outcome: status };
  } catch (error) {
    if (error instanceof Refusal) {
      logUnread(deps, shop, error);
      return { response: refusalResponse(error), outcome: "refused" };
    }
    if (error instanceof SenderGone) {
      return { response: problemResponse("request_invalid", "The body is incomplete."), outcome: "refused" };
    }
    return { response: refusalResponse(sendAgain), outcome: "failed" };
  }
}

/** A delivery's headers, read where they are: a `Headers` object of all of them would cost more than the signature. */
const headersOf = (c: AppContext): DeliveryHeaders => ({ get: (name) => requestHeader(c, name) ?? null });

/**
 * Says what was refused before any shop's code read it: an address with a typing error, or too large an event, would
 * otherwise show at the shop alone. A name that no shop can have is not repeated.
 */
function logUnread({ log, shops }: WebhookDeps, shop: string, { code }: Refusal): void {
  if (code !== "shop_unknown" && code !== "body_too_large") return;
  const named = shops.has(as.shop(shop)) || idPattern.test(shop) ? { shop } : {};
  log.warn("webhook.rejected", { ...named, reason: code });
}

const okay = { status: 200, headers: { "content-type": "application/json" } };
const answers = {
  recorded: '{"status":"recorded"}',
  duplicate: '{"status":"duplicate"}',
  ignored: '{"status":"ignored"}',
  waiting: '{"status":"waiting"}',
} as const;
const sendAgain = new Refusal("busy", "The delivery was not recorded. Please send it again.");
