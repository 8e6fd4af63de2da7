import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { plainText } from "../../http/schemas.ts";
import { eraseEmail } from "../erase-email.ts";
import { summariseEmails } from "../summarise-emails.ts";
import { emailSummarySchema, emailText } from "./email-schemas.ts";

const tags = ["Registered e-mails"];

const list = route({
  who: "admin",
  operationId: "summariseRegisteredEmails",
  method: "get",
  path: "/v1/partners/{id}/registered-emails",
  tags,
  summary: "How many addresses a partner registered",
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    200: answer("By product, origin and consent", z.array(emailSummarySchema)),
    ...refusals("partner_unknown"),
  },
});

const erase = route({
  who: "admin",
  operationId: "eraseRegisteredEmail",
  method: "delete",
  path: "/v1/registered-emails",
  tags,
  summary: "Erase an address",
  description:
    "Deletes all registrations of it. With `orders` the buyer's keyed hash is taken off all orders too, which reads the whole history. Decision records never held it. In the body, since addresses of requests are logged by proxies.",
  request: {
    body: jsonBody(
      z.strictObject({ email: emailText, orders: z.boolean().optional(), dryRun: z.boolean().optional() }),
    ),
  },
  responses: {
    200: answer("What was erased", z.object({ registrations: z.int(), orders: z.int() }).openapi("Erasure")),
  },
});

/** What the vendor does with the addresses that partners registered: count and erase. */
export function addEmailAdminRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await summariseEmails(deps, c.req.valid("param").id), 200));
  app.openapi(erase, async (c) => c.json(await eraseEmail(deps, c.req.valid("json")), 200));
}
