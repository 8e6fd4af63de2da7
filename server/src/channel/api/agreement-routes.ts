import { z } from "@hono/zod-openapi";
import type { Agreement } from "../../agreements/agreement.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { moment, plainText } from "../../http/schemas.ts";
import { readAgreementHistory, setAgreement, showAgreement } from "../agreements.ts";
import { agreementEntrySchema, agreementSchema, newAgreementSchema } from "./schemas.ts";

const tags = ["Partners"];
const params = z.object({ id: plainText(64) });

const show = route({
  who: "admin",
  operationId: "showAgreement",
  method: "get",
  path: "/v1/partners/{id}/agreement",
  tags,
  summary: "What is agreed with a partner at a moment; now by default",
  request: { params, query: z.strictObject({ at: moment.optional() }) },
  responses: { 200: answer("The agreement", agreementSchema), ...refusals("partner_unknown") },
});

const set = route({
  who: "admin",
  operationId: "setAgreement",
  method: "post",
  path: "/v1/partners/{id}/agreements",
  tags,
  summary: "Agree something anew with a partner",
  description:
    "What is left out stays. It holds from `since` on, now by default; earlier agreements stay for their time.",
  request: { params, body: jsonBody(newAgreementSchema) },
  responses: { 201: answer("The agreement", agreementSchema), ...refusals("partner_unknown") },
});

const history = route({
  who: "admin",
  operationId: "readAgreementHistory",
  method: "get",
  path: "/v1/partners/{id}/agreements",
  tags,
  summary: "All agreements with a partner",
  request: { params },
  responses: {
    200: answer("The agreements in the order in which they came to hold", z.array(agreementEntrySchema)),
    ...refusals("partner_unknown"),
  },
});

/** An agreement with lists of its own, as an answer has them. */
const withLists = <Shown extends Pick<Agreement, "notices" | "territories">>(shown: Shown) => ({
  ...shown,
  notices: [...shown.notices],
  territories: shown.territories === null ? null : [...shown.territories],
});

/** What is agreed with partners: show, set, history. */
export function addAgreementRoutes(app: App, deps: Deps): void {
  app.openapi(show, async (c) => {
    const shown = await showAgreement(deps, c.req.valid("param").id, c.req.valid("query"));
    return c.json(withLists(shown), 200);
  });
  app.openapi(set, async (c) => {
    const shown = await setAgreement(deps, c.req.valid("param").id, c.req.valid("json"));
    return c.json(withLists(shown), 201);
  });
  app.openapi(history, async (c) => {
    const entries = await readAgreementHistory(deps, c.req.valid("param").id);
    return c.json(entries.map(withLists), 200);
  });
}
