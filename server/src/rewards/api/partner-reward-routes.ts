import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { plainText } from "../../http/schemas.ts";
import { addCodes } from "../codes.ts";
import { draftOffer, takeOfferStep } from "../offers.ts";
import { listPartnerRewards, partnerRewardOf, takeRewardDeed } from "../rewards.ts";
import { listOffers } from "../shown-offers.ts";
import {
  addedSchema,
  codesBody,
  idInPath,
  offered,
  offerSchema,
  offerStep,
  page,
  partnerRewardSchema,
} from "./schemas.ts";

const tags = ["For partners"];
const known = { description: "As it was under the tag in `If-None-Match`" };

const list = route({
  who: "partner",
  operationId: "listMyRewards",
  method: "get",
  path: "/v1/partner/rewards",
  tags,
  summary: "What your customers' renewals earned them, the newest first",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer("A page", z.object({ rewards: z.array(partnerRewardSchema), next: z.string().nullable() })),
    304: known,
  },
});

const step = route({
  who: "partner",
  operationId: "takeMyRewardStep",
  method: "post",
  path: "/v1/partner/rewards/{id}/steps",
  tags,
  summary: "Mark a reward of a customer of yours as redeemed, once",
  request: {
    ...idInPath,
    body: jsonBody(z.strictObject({ step: z.literal("redeemed"), note: plainText(1000).optional() })),
  },
  responses: {
    200: answer("The reward", partnerRewardSchema),
    ...refusals("reward_unknown", "reward_waiting", "reward_settled"),
  },
});

const listOffered = route({
  who: "partner",
  operationId: "listMyRewardOffers",
  method: "get",
  path: "/v1/partner/reward-offers",
  tags,
  summary: "What you offer for renewals, the newest first",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer("A page", z.object({ offers: z.array(offerSchema), next: z.string().nullable() })),
    304: known,
  },
});

const draft = route({
  who: "partner",
  operationId: "draftMyRewardOffer",
  method: "post",
  path: "/v1/partner/reward-offers",
  tags,
  summary: "Draft an offer for renewals: one of points, pointsPerUnit and coupon",
  request: { body: jsonBody(z.strictObject(offered)) },
  responses: {
    201: answer("The offer", offerSchema),
    ...refusals("partner_ended", "partner_suspended", "product_unknown", "too_many_requests"),
  },
});

const stepOffer = route({
  who: "partner",
  operationId: "takeMyRewardOfferStep",
  method: "post",
  path: "/v1/partner/reward-offers/{id}/steps",
  tags,
  summary: "Offer what you drafted, or end an offer",
  request: { ...idInPath, body: jsonBody(offerStep) },
  responses: {
    200: answer("The offer", offerSchema),
    ...refusals(
      "reward_offer_unknown",
      "reward_offer_settled",
      "reward_not_allowed",
      "partner_ended",
      "partner_suspended",
    ),
  },
});

const codes = route({
  who: "partner",
  operationId: "addMyRewardCodes",
  method: "post",
  path: "/v1/partner/reward-offers/{id}/codes",
  tags,
  summary: "Add the shop's codes to an offer of coupons; each goes to one customer",
  request: { ...idInPath, body: jsonBody(codesBody) },
  responses: {
    200: answer("How many were new", addedSchema),
    ...refusals("reward_offer_unknown", "reward_offer_settled"),
  },
});

/** Rewards, as the partner who gives them sees them: her own alone. */
export function addPartnerRewardRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => {
    const found = await listPartnerRewards(deps, c.get("holder").partner, c.req.valid("query"));
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
  app.openapi(step, async (c) => {
    const owner = c.get("holder").partner;
    const reward = await takeRewardDeed(deps, c.req.valid("param").id, c.req.valid("json"), { owner });
    return c.json(partnerRewardOf(reward), 200);
  });
  app.openapi(listOffered, async (c) => {
    const { partner } = c.get("holder");
    const found = await listOffers(deps, { ...c.req.valid("query"), partner });
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
  app.openapi(draft, async (c) => {
    const offer = await draftOffer(deps, { ...c.req.valid("json"), partner: c.get("holder").partner });
    return c.json(offer, 201);
  });
  app.openapi(stepOffer, async (c) => {
    const owner = c.get("holder").partner;
    return c.json(await takeOfferStep(deps, c.req.valid("param").id, c.req.valid("json"), { owner }), 200);
  });
  app.openapi(codes, async (c) => {
    const owner = c.get("holder").partner;
    return c.json(await addCodes(deps, c.req.valid("param").id, c.req.valid("json").codes, { owner }), 200);
  });
}
