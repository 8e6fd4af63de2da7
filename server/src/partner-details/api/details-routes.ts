import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, moment, plainText } from "../../http/schemas.ts";
import { readDetailsHistory, setDetails, showDetails } from "../details.ts";
import { detailsSchema, taxForms, taxTreatments } from "../details-document.ts";

const shown = {
  legalName: z.string(),
  address: z.object({
    street: z.string().optional(),
    building: z.string().optional(),
    postCode: z.string().optional(),
    town: z.string(),
    region: z.string().optional(),
    country: z.string(),
  }),
  tax: z.object({
    treatment: z.enum(taxTreatments),
    vatId: z.string().nullable().openapi({ example: "…6789" }),
    number: z.string().nullable(),
    form: z.enum(taxForms).optional(),
    formReceivedOn: z.string().optional(),
  }),
  accounts: z.array(
    z.object({
      kind: z.enum(["iban", "local", "wise", "paypal"]),
      name: z.string().nullable(),
      account: z.string().openapi({ example: "DE…3000" }),
      bic: z.string().nullable(),
      currency: z.string().nullable(),
    }),
  ),
  email: z.string().nullable(),
  language: z.string().nullable(),
};

const record = z
  .object({
    partner: z.string(),
    version: z.int(),
    since: isoTime,
    recordedAt: isoTime,
    payoutsHeldUntil: isoTime.nullable().openapi({ description: "Since the accounts were changed" }),
    ...shown,
  })
  .openapi("PartnerDetails");

const entry = z
  .object({
    version: z.int(),
    since: isoTime,
    recordedAt: isoTime,
    recordedBy: z.string().nullable(),
    accountsChanged: z.boolean(),
    ...shown,
  })
  .openapi("PartnerDetailsEntry");

const document = jsonBody(detailsSchema);
const vendor = { who: "admin" as const, tags: ["Partners"] };
const partner = { who: "partner" as const, tags: ["For partners"] };
const params = z.object({ id: plainText(64) });

const show = route({
  ...vendor,
  operationId: "showPartnerDetails",
  method: "get",
  path: "/v1/partners/{id}/details",
  summary: "Who a partner is to the tax office and the bank; numbers by their last four characters",
  request: { params, query: z.strictObject({ at: moment.optional() }) },
  responses: { 200: answer("The details", record), ...refusals("partner_unknown", "details_unknown") },
});

const set = route({
  ...vendor,
  operationId: "setPartnerDetails",
  method: "put",
  path: "/v1/partners/{id}/details",
  summary: "Record who a partner is to the tax office and the bank",
  description:
    "Other accounts than before hold its payouts for the configured days, and the partner is told.",
  request: { params, query: z.strictObject({ since: moment.optional() }), body: document },
  responses: { 200: answer("The details", record), ...refusals("partner_unknown") },
});

const history = route({
  ...vendor,
  operationId: "readPartnerDetailsHistory",
  method: "get",
  path: "/v1/partners/{id}/details/history",
  summary: "All versions of a partner's details",
  request: { params },
  responses: {
    200: answer("The versions as they were recorded", z.array(entry)),
    ...refusals("partner_unknown"),
  },
});

const showMine = route({
  ...partner,
  operationId: "showMyDetails",
  method: "get",
  path: "/v1/partner/details",
  summary: "Your details; numbers by their last four characters",
  request: { query: z.strictObject({}) },
  responses: { 200: answer("The details", record), ...refusals("details_unknown") },
});

const setMine = route({
  ...partner,
  operationId: "setMyDetails",
  method: "put",
  path: "/v1/partner/details",
  summary: "Change your details",
  description:
    "Other accounts than before hold your payouts for some days, so that you notice a change that is not yours.",
  request: { query: z.strictObject({}), body: document },
  responses: { 200: answer("The details", record) },
});

/** Who partners are to the tax office and the bank: the vendor's routes and the partner's own. */
export function addDetailsRoutes(app: App, deps: Deps): void {
  app.openapi(show, async (c) =>
    c.json(await showDetails(deps, c.req.valid("param").id, c.req.valid("query")), 200),
  );
  app.openapi(set, async (c) =>
    c.json(await setDetails(deps, c.req.valid("param").id, c.req.valid("json"), c.req.valid("query")), 200),
  );
  app.openapi(history, async (c) => c.json(await readDetailsHistory(deps, c.req.valid("param").id), 200));
  app.openapi(showMine, async (c) => c.json(await showDetails(deps, c.get("holder").partner), 200));
  app.openapi(setMine, async (c) =>
    c.json(await setDetails(deps, c.get("holder").partner, c.req.valid("json")), 200),
  );
}
