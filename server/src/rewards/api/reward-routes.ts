import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { partnerId, plainText } from "../../http/schemas.ts";
import { addCodes } from "../codes.ts";
import { draftOffer, takeOfferStep } from "../offers.ts";
import { listRewards, showReward, takeRewardDeed } from "../rewards.ts";
import { listOffers } from "../shown-offers.ts";
import {
  addedSchema,
  codesBody,
  idInPath,
  offered,
  offerSchema,
  offerStep,
  page,
  rewardSchema,
} from "./schemas.ts";

const tags = ["Rewards"];
const ofPartner = { partner: partnerId.optional(), ...page };

const list = route({
  who: "admin",
  operationId: "listRewards",
  method: "get",
  path: "/v1/rewards",
  tags,
  summary: "What renewals earned their customers, the newest first",
  request: { query: z.strictObject(ofPartner) },
  responses: {
    200: answer("A page", z.object({ rewards: z.array(rewardSchema), next: z.string().nullable() })),
    ...refusals("partner_unknown"),
  },
});

const show = route({
  who: "admin",
  operationId: "showReward",
  method: "get",
  path: "/v1/rewards/{id}",
  tags,
  summary: "One reward, with what became of it",
  request: idInPath,
  responses: { 200: answer("The reward", rewardSchema), ...refusals("reward_unknown") },
});

const step = route({
  who: "admin",
  operationId: "takeRewardStep",
  method: "post",
  path: "/v1/rewards/{id}/steps",
  tags,
  summary: "Mark a reward as redeemed, once, or take it back",
  request: {
    ...idInPath,
    body: jsonBody(
      z.strictObject({ step: z.enum(["redeemed", "revoked"]), note: plainText(1000).optional() }),
    ),
  },
  responses: {
    200: answer("The reward", rewardSchema),
    ...refusals("reward_unknown", "reward_waiting", "reward_settled"),
  },
});

const listOffered = route({
  who: "admin",
  operationId: "listRewardOffers",
  method: "get",
  path: "/v1/reward-offers",
  tags,
  summary: "What partners offer for renewals, the newest first",
  request: { query: z.strictObject(ofPartner) },
  responses: {
    200: answer("A page", z.object({ offers: z.array(offerSchema), next: z.string().nullable() })),
    ...refusals("partner_unknown"),
  },
});

const draft = route({
  who: "admin",
  operationId: "draftRewardOffer",
  method: "post",
  path: "/v1/reward-offers",
  tags,
  summary: "Draft an offer for a partner: one of points, pointsPerUnit and coupon",
  request: { body: jsonBody(z.strictObject({ partner: partnerId, ...offered })) },
  responses: {
    201: answer("The offer", offerSchema),
    ...refusals(
      "partner_unknown",
      "partner_ended",
      "partner_suspended",
      "product_unknown",
      "too_many_requests",
    ),
  },
});

const stepOffer = route({
  who: "admin",
  operationId: "takeRewardOfferStep",
  method: "post",
  path: "/v1/reward-offers/{id}/steps",
  tags,
  summary: "Offer what was drafted, or end an offer",
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
  who: "admin",
  operationId: "addRewardCodes",
  method: "post",
  path: "/v1/reward-offers/{id}/codes",
  tags,
  summary: "Add a shop's codes to an offer of coupons; each goes to one customer",
  request: { ...idInPath, body: jsonBody(codesBody) },
  responses: {
    200: answer("How many were new", addedSchema),
    ...refusals("reward_offer_unknown", "reward_offer_settled"),
  },
});

/** Rewards, as the vendor sees them. */
export function addRewardRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listRewards(deps, c.req.valid("query")), 200));
  app.openapi(show, async (c) => c.json(await showReward(deps, c.req.valid("param").id), 200));
  app.openapi(step, async (c) =>
    c.json(await takeRewardDeed(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(listOffered, async (c) => c.json(await listOffers(deps, c.req.valid("query")), 200));
  app.openapi(draft, async (c) => {
    const offer = await draftOffer(deps, c.req.valid("json"));
    return c.json(offer, 201);
  });
  app.openapi(stepOffer, async (c) =>
    c.json(await takeOfferStep(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(codes, async (c) =>
    c.json(await addCodes(deps, c.req.valid("param").id, c.req.valid("json").codes), 200),
  );
}
