import { idPattern } from "@tallystick/sdk/protocol";
import type { Handler } from "hono";
import { type AppContext, type AppEnv, requestHeader } from "../../http/app-env.ts";
import type { Metrics, WebhookOutcome } from "../../http/metrics.ts";
import { problemResponse, refusalResponse } from "../../http/problem.ts";
import { readBody, SenderGone } from "../../http/request-body.ts";
import type { DeliveryHeaders } from "../../secrets/webhook-signatures/signature.ts";
import { as } from "../../words/ids.ts";
import { Refusal } from "../../words/refusal.ts";
import { takeWebhook, type WebhookDeps } from "../take-webhook.ts";

/** The webhooks' route, as it stands in metrics and in the OpenAPI document. */
export const webhookRoute = "/webhooks/{shop}";
/** The same for shops that sign nothing, with a secret in the address. It is never told as it was asked for. */
export const keyedWebhookRoute = "/webhooks/{shop}/{key}";

/**
 * Takes a shop's delivery: exactly 200 once it is durable. Whatever fails here is answered 503, never 500: some
 * shops give up on a 500, all of them send again after a 503. A hot route: no middleware stands before it.
 */
export function answerWebhook(deps: WebhookDeps, metrics: Metrics): Handler<AppEnv> {
  return async (c) => {
    const begun = performance.now();
    const shop = c.req.param("shop") ?? "";
    const { response, outcome } = await take(deps, shop, c);
    metrics.webhook(deps.shops.has(as.shop(shop)) ? shop : "unknown", outcome);
    metrics.requests(webhookRoute, response.status, (performance.now() - begun) / 1000);
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
} as const;
const sendAgain = new Refusal("busy", "The delivery was not recorded. Please send it again.");
