import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, licenceText, pageLimit, plainText } from "../../http/schemas.ts";
import { linkForCustomer, registerForCustomer, showManagedLicence } from "../act-for-customer.ts";
import { invitationOf } from "../invitation.ts";
import { listMandates } from "../mandates.ts";

const tags = ["For partners"];
const params = z.object({ id: plainText(64) });
const shape = {
  mandate: z.string().openapi({ example: "ma_0mijk3v0h00001f0c2e4b6d8" }),
  product: z.string(),
  licenceEnd: z.string().nullable().openapi({ description: "The licence's last four characters" }),
  since: isoTime,
};

const list = route({
  who: "partner",
  operationId: "listMyMandates",
  method: "get",
  path: "/v1/partner/mandates",
  tags,
  summary: "Licences on which their customers let you act",
  request: { query: z.strictObject({ limit: pageLimit.optional(), after: cursor.optional() }) },
  responses: {
    200: answer(
      "A page",
      z.object({ mandates: z.array(z.object(shape).openapi("Mandate")), next: z.string().nullable() }),
    ),
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

const invitation = route({
  who: "partner",
  operationId: "showMyMandateInvitation",
  method: "get",
  path: "/v1/partner/mandate-invitation",
  tags,
  summary: "What you give a customer who is to let you act for her",
  description: "She enters the code on her own page, or opens the address. It stays the same.",
  responses: {
    200: answer(
      "The invitation",
      z.object({ code: z.string(), url: z.string() }).openapi("MandateInvitation"),
    ),
  },
});

const show = route({
  who: "partner",
  operationId: "showMyMandate",
  method: "get",
  path: "/v1/partner/mandates/{id}",
  tags,
  summary: "A licence on which you may act, with the end of its term",
  request: { params },
  responses: {
    200: answer(
      "The licence",
      z
        .object({
          ...shape,
          term: z.object({ endsAt: isoTime, toldBy: z.enum(["shop", "copy"]) }).nullable(),
        })
        .openapi("ManagedLicence"),
    ),
    ...refusals("mandate_unknown"),
  },
});

const link = route({
  who: "partner",
  operationId: "linkForMyCustomer",
  method: "post",
  path: "/v1/partner/mandates/{id}/renewal-link",
  tags,
  summary: "A renewal link for the customer, with your token in it",
  request: {
    params,
    body: jsonBody(
      z.strictObject({
        licence: licenceText.optional().openapi({ description: "So that the purchase is this licence's" }),
        email: plainText(320).optional(),
      }),
    ),
  },
  responses: {
    200: answer("The link", z.object({ url: z.string() })),
    ...refusals("mandate_unknown", "licence_mismatch", "partner_ended", "partner_suspended"),
  },
});

const register = route({
  who: "partner",
  operationId: "registerForMyCustomer",
  method: "post",
  path: "/v1/partner/mandates/{id}/registrations",
  tags,
  summary: "Register a copy for the customer",
  description: "As the product itself does: the first partner a licence is seen with keeps it.",
  request: { params, body: jsonBody(z.strictObject({ licence: licenceText })) },
  responses: {
    200: answer(
      "Taken",
      z.object({
        product: z.string(),
        partner: z.string(),
        status: z.literal("bound"),
        boundAt: isoTime,
      }),
    ),
    ...refusals(
      "mandate_unknown",
      "licence_mismatch",
      "partner_ended",
      "partner_suspended",
      "too_many_requests",
    ),
  },
});

/** What a partner does for customers who let it: on the licences that each of them named, and no other. */
export function addMandateRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => {
    const found = await listMandates(deps, c.get("holder").partner, c.req.valid("query"));
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
  const acting = (
    c: { get(name: "holder"): { partner: Parameters<typeof listMandates>[1] } },
    mandate: string,
  ) => ({
    mandate,
    partner: c.get("holder").partner,
  });
  app.openapi(invitation, async (c) => c.json(invitationOf(deps, c.get("holder").partner), 200));
  app.openapi(show, async (c) =>
    c.json(await showManagedLicence(deps, acting(c, c.req.valid("param").id)), 200),
  );
  app.openapi(link, async (c) =>
    c.json(await linkForCustomer(deps, acting(c, c.req.valid("param").id), c.req.valid("json")), 200),
  );
  app.openapi(register, async (c) =>
    c.json(await registerForCustomer(deps, acting(c, c.req.valid("param").id), c.req.valid("json")), 200),
  );
}
