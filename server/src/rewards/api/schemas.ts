import { z } from "@hono/zod-openapi";
import { rewardKinds } from "../../commission/reward-terms.ts";
import { rewardStates, rewardSteps } from "../../commission/settle-reward.ts";
import { cursor, isoTime, moment, pageLimit, plainText, productId } from "../../http/schemas.ts";
import { mostCodes } from "../codes.ts";

const offerId = z.string().openapi({ example: "ro_0mijk3v0h8a1f0c2e4b6d8f0a" });
const rewardId = z.string().openapi({ example: "rw_0mijk3v0h8a1f0c2e4b6d8f0a" });
const money = z.object({ currency: z.string(), amountMinor: z.int() });

const offerShape = {
  offer: offerId,
  kind: z.enum(rewardKinds),
  title: z.string(),
  product: z.string().nullable(),
  points: z.int().nullable(),
  pointsPerUnit: z.int().nullable(),
  coupon: money.nullable(),
  from: isoTime.nullable(),
  until: isoTime.nullable(),
  state: z.enum(["draft", "offered", "ended", "over"]),
  offeredAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  note: z.string().nullable(),
  codesLeft: z.int().nullable(),
};

/** An offer. */
export const offerSchema = z.object({ ...offerShape, partner: z.string() }).openapi("RewardOffer");

const rewardShape = {
  reward: rewardId,
  offer: offerId,
  kind: z.enum(rewardKinds),
  product: z.string().nullable(),
  state: z.enum(rewardStates),
  points: z.int(),
  costMinor: z.int(),
  partnerMinor: z.int(),
  currency: z.string(),
  hasCode: z.boolean().nullable(),
  occurredAt: isoTime,
  expiresAt: isoTime.nullable(),
};

/** A reward as its partner sees it. */
export const partnerRewardSchema = z.object(rewardShape).openapi("PartnerReward");

/** A reward as the vendor sees it. */
export const rewardSchema = z
  .object({
    ...rewardShape,
    partner: z.string(),
    vendorMinor: z.int(),
    order: z.object({ shop: z.string(), order: z.string() }),
    plan: z.object({ id: z.string(), version: z.int() }),
    full: z.object({
      points: z.int(),
      partnerMinor: z.int(),
      vendorMinor: z.int(),
      commissionMinor: z.int(),
    }),
    history: z.array(
      z.object({
        step: z.enum(rewardSteps),
        at: isoTime,
        points: z.int(),
        costMinor: z.int(),
        note: z.string().nullable(),
      }),
    ),
  })
  .openapi("Reward");

/** What a page of a list is asked by. */
export const page = { limit: pageLimit.optional(), after: cursor.optional() };

const amount = z.int().min(1).max(10_000_000_000_000);

/** What an offer is drafted with: one of points, pointsPerUnit and coupon. */
export const offered = {
  title: plainText(200),
  product: productId.optional(),
  from: moment.optional(),
  until: moment.optional(),
  points: amount.optional().openapi({ description: "Points for each renewal" }),
  pointsPerUnit: amount
    .optional()
    .openapi({ description: "Points for each whole unit of currency that the renewal brought" }),
  coupon: z
    .strictObject({ currency: z.string().regex(/^[A-Z]{3}$/), amountMinor: amount })
    .optional()
    .openapi({ description: "A code of the vendor's shop worth this much" }),
};

/** What is done with an offer. */
export const offerStep = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("offered") }),
  z.strictObject({ step: z.literal("ended"), note: plainText(1000).optional() }),
]);

/** Codes of a shop. */
export const codesBody = z.strictObject({ codes: z.array(plainText(100)).min(1).max(mostCodes) });
/** What became of them. */
export const addedSchema = z.object({ added: z.int(), known: z.int() });

/** An id in a path. */
export const idInPath = { params: z.object({ id: plainText(64) }) };
