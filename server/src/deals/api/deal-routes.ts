import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, moment, pageLimit, partnerId, plainText, productId } from "../../http/schemas.ts";
import { listDeals, listPartnerDeals, registeredDeal, takeDealStep } from "../deals.ts";
import { registerDeal } from "../register-deal.ts";

const ownShape = {
  deal: z.string().openapi({ example: "dl_0mijk3v0h8a1f0c2e4b6d8f0a" }),
  customer: z.string(),
  product: z.string().nullable(),
  territory: z.string().nullable(),
  state: z.enum(["registered", "accepted", "refused", "ended", "over"]),
  registeredAt: isoTime,
  decideBy: isoTime,
  protectedUntil: isoTime.nullable(),
  note: z.string().nullable(),
};
const ownSchema = z.object(ownShape).openapi("PartnerDeal");
const dealSchema = z
  .object({
    ...ownShape,
    partner: z.string(),
    overdue: z.boolean(),
    conflicts: z.array(
      z.object({
        deal: z.string(),
        partner: z.string(),
        state: z.enum(["registered", "accepted", "refused", "ended"]),
      }),
    ),
    history: z.array(
      z.object({
        step: z.enum(["registered", "accepted", "refused", "extended", "ended"]),
        at: isoTime,
        note: z.string().nullable(),
        protectedUntil: isoTime.nullable(),
      }),
    ),
  })
  .openapi("Deal");

const answeredSchema = dealSchema
  .extend({
    soldBy: z
      .array(z.object({ partner: z.string(), orders: z.int(), lastSoldAt: isoTime }))
      .openapi({ description: "Other partners that are credited with earlier sales to the customer" }),
  })
  .openapi("AnsweredDeal");

const about = { customer: plainText(320), product: productId.optional(), territory: plainText(2).optional() };
const page = { limit: pageLimit.optional(), after: cursor.optional() };
const note = plainText(1000);
const tags = ["Deals"];

const register = route({
  who: "admin",
  operationId: "registerDeal",
  method: "post",
  path: "/v1/deals",
  tags,
  summary: "Register a customer for a partner",
  request: { body: jsonBody(z.strictObject({ partner: partnerId, ...about })) },
  responses: {
    201: answer("The deal", ownSchema),
    ...refusals(
      "partner_unknown",
      "partner_ended",
      "product_unknown",
      "territory_not_agreed",
      "too_many_requests",
    ),
  },
});

const list = route({
  who: "admin",
  operationId: "listDeals",
  method: "get",
  path: "/v1/deals",
  tags,
  summary: "Deals, the newest first, with those they are in conflict with",
  request: { query: z.strictObject({ partner: partnerId.optional(), ...page }) },
  responses: {
    200: answer("A page", z.object({ deals: z.array(dealSchema), next: z.string().nullable() })),
    ...refusals("partner_unknown"),
  },
});

const step = route({
  who: "admin",
  operationId: "takeDealStep",
  method: "post",
  path: "/v1/deals/{id}/steps",
  tags,
  summary: "Accept, refuse, extend or end a deal, with the reason that the partner reads",
  request: {
    params: z.object({ id: plainText(64) }),
    body: jsonBody(
      z.discriminatedUnion("step", [
        z.strictObject({ step: z.literal("accepted"), until: moment.optional(), note }),
        z.strictObject({ step: z.literal("refused"), note }),
        z.strictObject({ step: z.literal("extended"), until: moment, note }),
        z.strictObject({ step: z.literal("ended"), note }),
      ]),
    ),
  },
  responses: {
    200: answer("The deal, and who else sold to the customer before", answeredSchema),
    ...refusals("deal_unknown", "deal_settled", "deal_conflict"),
  },
});

const registerOwn = route({
  who: "partner",
  operationId: "registerMyDeal",
  method: "post",
  path: "/v1/partner/deals",
  tags: ["For partners"],
  summary: "Register a customer you are about to sell to",
  request: { body: jsonBody(z.strictObject(about)) },
  responses: {
    201: answer("The deal", ownSchema),
    ...refusals("partner_ended", "product_unknown", "territory_not_agreed", "too_many_requests"),
  },
});

const listOwn = route({
  who: "partner",
  operationId: "listMyDeals",
  method: "get",
  path: "/v1/partner/deals",
  tags: ["For partners"],
  summary: "Your deals, the newest first",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer("A page", z.object({ deals: z.array(ownSchema), next: z.string().nullable() })),
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

/** Deals: the vendor's view, and each partner's own. */
export function addDealRoutes(app: App, deps: Deps): void {
  app.openapi(register, async (c) => {
    const row = await registerDeal(deps, c.req.valid("json"));
    return c.json(registeredDeal(deps, row), 201);
  });
  app.openapi(list, async (c) => c.json(await listDeals(deps, c.req.valid("query")), 200));
  app.openapi(step, async (c) =>
    c.json(await takeDealStep(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(registerOwn, async (c) => {
    const { partner } = c.get("holder");
    const row = await registerDeal(deps, { ...c.req.valid("json"), partner });
    return c.json(registeredDeal(deps, row), 201);
  });
  app.openapi(listOwn, async (c) => {
    const found = await listPartnerDeals(deps, c.get("holder").partner, c.req.valid("query"));
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
}
