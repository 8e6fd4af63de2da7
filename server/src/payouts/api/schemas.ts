import { z } from "@hono/zod-openapi";
import { currency, isoTime, minorUnits } from "../../http/schemas.ts";
import { batchStates, itemStates, payoutChannels } from "../rows/schema.ts";

const who = z.string().openapi({ example: "cli:ann" });

const itemSchema = z
  .object({
    id: z.string().openapi({ description: "Also the end-to-end id at the bank" }),
    row: z.int(),
    partner: z.string(),
    currency,
    amountMinor: minorUnits,
    state: z.enum(itemStates),
    why: z.string().nullable(),
    bankStatus: z.string().nullable(),
    settledAt: isoTime.nullable(),
    returnedAt: isoTime.nullable(),
  })
  .openapi("PayoutItem");

/** A batch without its items. */
export const batchSchema = z
  .object({
    id: z.string(),
    currency,
    channel: z.enum(payoutChannels),
    state: z.enum(batchStates),
    items: z.int(),
    totalMinor: minorUnits,
    counts: z.object({
      open: z.int(),
      confirmed: z.int(),
      failed: z.int(),
      returned: z.int(),
      cancelled: z.int(),
    }),
    minimumMinor: minorUnits,
    until: isoTime.nullable(),
    proposedBy: who,
    proposedAt: isoTime,
    approvedBy: who.nullable(),
    approvedAt: isoTime.nullable(),
    format: z.string().nullable(),
    executeOn: z.string().nullable(),
    exportedBy: who.nullable(),
    exportedAt: isoTime.nullable(),
    settledAt: isoTime.nullable(),
    cancelledBy: who.nullable(),
    cancelledAt: isoTime.nullable(),
  })
  .openapi("Payout");

/** A batch with its items. */
export const recordSchema = batchSchema.extend({ rows: z.array(itemSchema) }).openapi("PayoutRecord");

const takenOut = z.array(
  z.object({ id: z.string(), partner: z.string(), amountMinor: minorUnits, reason: z.string() }),
);

/** A batch after a change, and what the change took out of it. */
export const changedSchema = z.object({ payout: recordSchema, takenOut }).openapi("ChangedPayout");

/** A payment file. */
export const fileSchema = z
  .object({
    payout: recordSchema,
    takenOut,
    name: z.string(),
    mediaType: z.string(),
    content: z.string().openapi({ description: "The file's text" }),
  })
  .openapi("PayoutFile");

/** What is proposed. */
export const proposalSchema = z
  .object({
    dryRun: z.boolean(),
    batches: z.array(batchSchema),
    payouts: z.array(
      z.object({
        partner: z.string(),
        currency,
        amountMinor: minorUnits,
        channel: z.enum(payoutChannels),
        version: z.int().openapi({ description: "Which of the partner's details it goes by" }),
      }),
    ),
    excluded: z.array(
      z.object({
        partner: z.string(),
        currency,
        payableMinor: minorUnits,
        heldBackMinor: minorUnits,
        reason: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .openapi("PayoutProposal");

/** What came of a confirmation. */
export const confirmedSchema = z
  .object({
    payout: recordSchema,
    changed: z.object({ confirmed: z.int(), failed: z.int(), returned: z.int(), pending: z.int() }),
    unchanged: z.int(),
    unmatched: z.array(z.string()),
    amountsDiffer: z.array(z.string()),
    contradicted: z.array(z.string()),
  })
  .openapi("ConfirmedPayout");

/** A payout as its partner sees it. */
export const partnerPayoutSchema = z
  .object({
    id: z.string().openapi({ description: "Stands on your bank's statement as the end-to-end id" }),
    currency,
    amountMinor: minorUnits,
    state: z.enum(itemStates),
    settledAt: isoTime.nullable(),
    returnedAt: isoTime.nullable(),
  })
  .openapi("PartnerPayout");
