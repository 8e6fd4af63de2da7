import { z } from "@hono/zod-openapi";
import { evidenceKinds, evidenceRoutes } from "../../attribution/evidence.ts";
import { suspicionCodes } from "../../attribution/suspicion-codes.ts";
import { lineKinds } from "../../events/order-line.ts";
import { currency, isoTime, minorUnits, outcomeSchema } from "../../http/schemas.ts";
import { cycles } from "../../words/cycle.ts";

/** An order in a list. */
export const orderSummarySchema = z
  .object({
    shop: z.string(),
    order: z.string(),
    outcome: outcomeSchema,
    partner: z.string().nullable(),
    reason: z.string(),
    cycle: z.enum(cycles),
    product: z.string().nullable(),
    country: z.string().nullable(),
    netMinor: minorUnits,
    taxMinor: minorUnits,
    currency,
    occurredAt: isoTime,
    receivedAt: isoTime,
  })
  .openapi("OrderSummary");

/** Why an order was credited or not, and all that happened since. */
export const decisionRecordSchema = orderSummarySchema
  .extend({
    evidence: z.array(
      z.object({
        kind: z.string().openapi({ enum: [...evidenceKinds] }),
        route: z.string().openapi({ enum: [...evidenceRoutes] }),
        partner: z.string().nullable(),
        verdict: z.string(),
        reason: z.string(),
        rule: z.string().nullable().openapi({ description: "The rule on conflicts that decided" }),
        seenAt: isoTime,
        token: z.string().nullable(),
        coupon: z.string().nullable(),
      }),
    ),
    suspicions: z.array(
      z.object({
        code: z.string().openapi({ enum: [...suspicionCodes] }),
        policy: z.enum(["hold", "note"]),
        figures: z.record(z.string(), z.number()),
      }),
    ),
    credits: z.array(
      z.object({
        partner: z.string(),
        amountMinor: minorUnits,
        remainingMinor: minorUnits.openapi({ description: "What refunds and disputes left of it" }),
        currency,
        rate: z.number().openapi({ description: "Percent of the net amount" }),
      }),
    ),
    lines: z.array(
      z.object({
        line: z.string(),
        articles: z.array(z.string()).readonly(),
        product: z.string().nullable(),
        quantity: z.int(),
        netMinor: z.int(),
        taxMinor: z.int(),
        listMinor: z.int().nullable(),
        kind: z.enum(lineKinds),
        period: z.string().nullable().openapi({ description: "The term that was paid, ISO 8601: P1Y" }),
        lostNetMinor: z.int(),
      }),
    ),
    lostNetMinor: minorUnits.openapi({ description: "What has gone back and stayed gone, without tax" }),
    releaseAt: isoTime.nullable().openapi({ description: "When what is held becomes payable" }),
    plan: z
      .object({
        id: z.string().openapi({ description: "`legacy`: the partner's own percentage" }),
        version: z.int(),
        chain: z
          .array(z.string())
          .openapi({ description: "The seller and those above it on the day of the sale" }),
        rules: z.array(
          z.object({
            rule: z.string(),
            line: z.string(),
            partner: z.string(),
            matched: z.boolean(),
            why: z.string(),
          }),
        ),
      })
      .nullable(),
    policy: z.any().openapi({ description: "The policy in force when it was decided" }),
    history: z.array(
      z.object({
        at: isoTime,
        what: z.string(),
        detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
  })
  .openapi("DecisionRecord");

/** The same, with what the order earned its customer. */
export const explainedOrderSchema = decisionRecordSchema
  .extend({
    rewards: z.object({
      earned: z.array(
        z.object({
          reward: z.string(),
          offer: z.string(),
          partner: z.string(),
          kind: z.string(),
          state: z.string(),
          points: z.int().openapi({ description: "What is left of it" }),
          costMinor: minorUnits,
          currency,
        }),
      ),
      none: z.string().nullable().openapi({ description: "Why the partner's customer earned nothing" }),
    }),
  })
  .openapi("ExplainedOrder");

/** What a check of the whole ledger found. */
export const ledgerReportSchema = z
  .object({
    ok: z.boolean(),
    checked: z.object({ orders: z.int(), transfers: z.int(), balances: z.int() }),
    failures: z.array(z.string()),
  })
  .openapi("LedgerReport");
