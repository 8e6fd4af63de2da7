import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { takeJsonOrCsv } from "../../http/json-or-csv.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit, plainText } from "../../http/schemas.ts";
import { listPartnerCustomers, removeCustomer } from "../shown-customers.ts";
import { customersAtMost, tellCustomers } from "../tell-customers.ts";
import {
  customerBody,
  customerReport,
  entriesOf,
  licenceShape,
  removedSchema,
  whoShape,
} from "./customer-schemas.ts";

const tags = ["For partners"];
const path = "/v1/partner/customers";

const tell = route({
  who: "partner",
  operationId: "tellMyCustomers",
  method: "post",
  path,
  tags,
  summary: "Tell who the customers are of licences that you sold",
  description: `Up to ${customersAtMost} in JSON or in CSV, under an agreement with full sharing. A licence whose last term you did not sell is left out, in the same words whether it is another's or nobody's. What you tell is sealed for the vendor and you.`,
  middleware: takeJsonOrCsv,
  request: { body: customerBody },
  responses: {
    200: answer("Kept", customerReport),
    ...refusals("sharing_not_agreed", "partner_ended", "partner_suspended"),
  },
});

const list = route({
  who: "partner",
  operationId: "listMyCustomers",
  method: "get",
  path,
  tags,
  summary: "The customers of licences whose last term you sold",
  description: "Empty unless your agreement shares everything.",
  request: { query: z.strictObject({ limit: pageLimit.optional(), after: cursor.optional() }) },
  responses: {
    200: answer(
      "A page",
      z.object({
        customers: z.array(
          z
            .object({
              ...whoShape,
              organisation: z.string().nullable(),
              licences: z.array(z.object(licenceShape)),
            })
            .openapi("PartnerCustomer"),
        ),
        next: z.string().nullable(),
      }),
    ),
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

const remove = route({
  who: "partner",
  operationId: "removeMyCustomer",
  method: "delete",
  path: "/v1/partner/customers/{id}",
  tags,
  summary: "Remove a customer that you told of",
  request: { params: z.object({ id: plainText(64) }) },
  responses: { 200: answer("Removed", removedSchema), ...refusals("customer_unknown") },
});

/** What a partner tells and is shown of customers. Whose they are is told by its API key, never by the request. */
export function addCustomerPartnerRoutes(app: App, deps: Deps): void {
  app.openapi(tell, async (c) => {
    const { partner } = c.get("holder");
    const entries = await entriesOf(c, c.req.valid("json"));
    return c.json(await tellCustomers(deps, { by: "partner", partner }, entries), 200);
  });
  app.openapi(list, async (c) => {
    const found = await listPartnerCustomers(deps, c.get("holder").partner, c.req.valid("query"));
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
  app.openapi(remove, async (c) => {
    const { partner } = c.get("holder");
    return c.json(await removeCustomer(deps, { customer: c.req.valid("param").id, partner }), 200);
  });
}
