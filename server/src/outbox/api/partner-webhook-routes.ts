import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, partnerId, plainText } from "../../http/schemas.ts";
import { removePartnerWebhook, rotatePartnerWebhook, setPartnerWebhook } from "../destinations.ts";
import { openSender } from "../start-outbox.ts";
import { showPartnerWebhook, testPartnerWebhook } from "../test-webhook.ts";

const tags = ["Partners"];
const params = z.object({ id: plainText(64) });
const path = "/v1/partners/{id}/webhook";

const members = {
  partner: partnerId,
  url: z.string().openapi({ example: "https://north.example/hooks/tallystick" }),
  status: z.enum(["active", "removed"]),
  rotatingUntil: isoTime.nullable().openapi({ description: "Until when the secret before signs too" }),
  createdAt: isoTime,
  changedAt: isoTime,
};
const webhookSchema = z.object(members).openapi("PartnerWebhook");
const secret = z.string().openapi({ example: "whsec_…", description: "Shown this once" });

const show = route({
  who: "admin",
  operationId: "showPartnerWebhook",
  method: "get",
  path,
  tags,
  summary: "A partner's webhook",
  request: { params },
  responses: { 200: answer("The webhook", webhookSchema), ...refusals("webhook_unknown") },
});

const set = route({
  who: "admin",
  operationId: "setPartnerWebhook",
  method: "put",
  path,
  tags,
  summary: "Set a partner's webhook",
  description: "A new one answers with its secret; a changed address keeps the secret that it has.",
  request: { params, body: jsonBody(z.strictObject({ url: plainText(2000) })) },
  responses: {
    200: answer(
      "The webhook",
      z.object({ ...members, secret: secret.optional() }).openapi("SetPartnerWebhook"),
    ),
    ...refusals("partner_unknown", "partner_ended"),
  },
});

const rotate = route({
  who: "admin",
  operationId: "rotatePartnerWebhook",
  method: "post",
  path: `${path}/rotate`,
  tags,
  summary: "Give a partner's webhook a new secret",
  description: "For a while messages are signed with both.",
  request: { params, body: jsonBody(z.strictObject({ overlapHours: z.int().min(0).max(720).optional() })) },
  responses: {
    200: answer("The webhook", z.object({ ...members, secret }).openapi("RotatedPartnerWebhook")),
    ...refusals("webhook_unknown"),
  },
});

const test = route({
  who: "admin",
  operationId: "testPartnerWebhook",
  method: "post",
  path: `${path}/test`,
  tags,
  summary: "Send a signed test message to a partner's webhook",
  description: "Takes no body. Answers what came of it, within 15 seconds.",
  request: { params },
  responses: {
    200: answer(
      "What came of it",
      z
        .object({
          partner: z.string(),
          delivered: z.boolean(),
          status: z.int().nullable(),
          problem: z.string().nullable(),
          id: z.string(),
        })
        .openapi("WebhookTest"),
    ),
    ...refusals("webhook_unknown"),
  },
});

const remove = route({
  who: "admin",
  operationId: "removePartnerWebhook",
  method: "delete",
  path,
  tags,
  summary: "End a partner's webhook; what waits for it is dropped",
  request: { params },
  responses: { 200: answer("The webhook", webhookSchema), ...refusals("webhook_unknown") },
});

/** The addresses at which partners hear of their credits. */
export function addPartnerWebhookRoutes(app: App, deps: Deps): void {
  const idOf = (c: { req: { valid(target: "param"): { id: string } } }) => c.req.valid("param").id;
  app.openapi(show, async (c) => c.json(await showPartnerWebhook(deps, idOf(c)), 200));
  app.openapi(set, async (c) => {
    const { url } = c.req.valid("json");
    return c.json(await setPartnerWebhook(deps, { partner: idOf(c), url }), 200);
  });
  app.openapi(rotate, async (c) => {
    const { overlapHours } = c.req.valid("json");
    const overlap = overlapHours === undefined ? {} : { overlapHours };
    return c.json(await rotatePartnerWebhook(deps, { partner: idOf(c), ...overlap }), 200);
  });
  app.openapi(test, async (c) => {
    const sender = openSender(deps.config);
    return c.json(await testPartnerWebhook(deps, sender, idOf(c)).finally(() => sender.close()), 200);
  });
  app.openapi(remove, async (c) => c.json(await removePartnerWebhook(deps, idOf(c)), 200));
}
