import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { takeJsonOrCsv } from "../../http/json-or-csv.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, pageLimit, plainText, productId } from "../../http/schemas.ts";
import { addOrganisation, listOrganisations, moveOrganisation } from "../organisations.ts";
import { listCustomers, removeCustomer } from "../shown-customers.ts";
import { customersAtMost, tellCustomers } from "../tell-customers.ts";
import { customerParts } from "../told-customer.ts";
import {
  customerBody,
  customerReport,
  entriesOf,
  licenceShape,
  removedSchema,
  whoShape,
} from "./customer-schemas.ts";

const tags = ["Customers"];
const path = "/v1/customers";
const page = { limit: pageLimit.optional(), after: cursor.optional() };
const id = plainText(64);

const customerSchema = z
  .object({
    ...whoShape,
    source: z.enum(["order", "vendor", "partner"]),
    toldBy: z.string().nullable(),
    organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
    organisationParts: z.array(z.enum(customerParts)),
    consent: z.object({ version: z.string(), at: isoTime }).nullable(),
    addedAt: isoTime,
    changedAt: isoTime,
    licences: z.array(
      z.object({ ...licenceShape, partner: z.string().nullable(), order: z.string().nullable() }),
    ),
  })
  .openapi("Customer");

const organisationSchema = z
  .object({
    organisation: z.string().openapi({ example: "or_0mijk3v0h00001f0c2e4b6d8" }),
    name: z.string(),
    parent: z.string().nullable(),
    toldBy: z.string().nullable(),
  })
  .openapi("Organisation");

const tell = route({
  who: "admin",
  operationId: "tellCustomers",
  method: "post",
  path,
  tags,
  summary: "Tell who customers are",
  description: `Up to ${customersAtMost} in JSON or in CSV, one person and one licence an entry. Names, addresses and e-mail are sealed. Without a licence the parts are in whatever the organisation buys.`,
  middleware: takeJsonOrCsv,
  request: { body: customerBody },
  responses: { 200: answer("Kept", customerReport) },
});

const list = route({
  who: "admin",
  operationId: "listCustomers",
  method: "get",
  path,
  tags,
  summary: "Who customers are, and who sold them each licence",
  request: {
    query: z.strictObject({ organisation: id.optional(), product: productId.optional(), ...page }),
  },
  responses: {
    200: answer("A page", z.object({ customers: z.array(customerSchema), next: z.string().nullable() })),
  },
});

const remove = route({
  who: "admin",
  operationId: "removeCustomer",
  method: "delete",
  path: "/v1/customers/{id}",
  tags,
  summary: "Remove a person from the customers",
  description: "Orders and registrations stay. `person erase` takes a person off everything.",
  request: { params: z.object({ id }) },
  responses: { 200: answer("Removed", removedSchema), ...refusals("customer_unknown") },
});

const organisations = route({
  who: "admin",
  operationId: "listOrganisations",
  method: "get",
  path: "/v1/organisations",
  tags,
  summary: "Organisations among customers, each with the one it is a part of",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer(
      "A page",
      z.object({ organisations: z.array(organisationSchema), next: z.string().nullable() }),
    ),
  },
});

const add = route({
  who: "admin",
  operationId: "addOrganisation",
  method: "post",
  path: "/v1/organisations",
  tags,
  summary: "Add an organisation",
  request: { body: jsonBody(z.strictObject({ name: plainText(200), parent: id.optional() })) },
  responses: { 201: answer("The organisation", organisationSchema), ...refusals("organisation_unknown") },
});

const move = route({
  who: "admin",
  operationId: "moveOrganisation",
  method: "patch",
  path: "/v1/organisations/{id}",
  tags,
  summary: "Place an organisation below another, or at the top",
  request: { params: z.object({ id }), body: jsonBody(z.strictObject({ parent: id.nullable() })) },
  responses: {
    200: answer("The organisation", organisationSchema),
    ...refusals("organisation_unknown", "organisation_cycle"),
  },
});

/** Who customers are, for the vendor. */
export function addCustomerRoutes(app: App, deps: Deps): void {
  app.openapi(tell, async (c) =>
    c.json(await tellCustomers(deps, { by: "vendor" }, await entriesOf(c, c.req.valid("json"))), 200),
  );
  app.openapi(list, async (c) => c.json(await listCustomers(deps, c.req.valid("query")), 200));
  app.openapi(remove, async (c) =>
    c.json(await removeCustomer(deps, { customer: c.req.valid("param").id }), 200),
  );
  app.openapi(organisations, async (c) => c.json(await listOrganisations(deps, c.req.valid("query")), 200));
  app.openapi(add, async (c) => c.json(await addOrganisation(deps, c.req.valid("json")), 201));
  app.openapi(move, async (c) => {
    const { parent } = c.req.valid("json");
    return c.json(await moveOrganisation(deps, { organisation: c.req.valid("param").id, parent }), 200);
  });
}
