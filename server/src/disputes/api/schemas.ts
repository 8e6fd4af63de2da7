import { z } from "@hono/zod-openapi";
import { isoTime, minorUnits, outcomeSchema, partnerId, plainText } from "../../http/schemas.ts";
import { evidenceTypes } from "../evidence-file.ts";
import { disputeStates, entryKinds } from "../rows/schema.ts";
import { longestText } from "../thread.ts";

/** A word in a thread; lines may be broken. */
const text = z.string().min(1).max(longestText);

const sentFile = z
  .strictObject({
    name: plainText(255),
    type: z.enum(evidenceTypes),
    base64: z.string().min(4).max(700_000).openapi({ description: "At most 512 KiB once decoded" }),
  })
  .openapi("EvidenceFile");

/** A word or a file for a thread. */
export const saidSchema = z.strictObject({ text, file: sentFile.optional() }).openapi("DisputeMessage");

const claimMembers = {
  number: plainText(256).optional().openapi({ description: "Any number that the shop gave the order" }),
  serial: plainText(256).optional().openapi({ description: "A serial or licence; kept as a keyed hash" }),
  date: plainText(10)
    .refine((day) => z.iso.date().safeParse(day).success, { error: "expected a day such as 2026-11-21" })
    .openapi({ type: "string", format: "date" })
    .optional(),
  product: plainText(64).optional(),
};

/** What a partner contests, and why. */
export const newDisputeSchema = z
  .strictObject({ ...claimMembers, text, file: sentFile.optional() })
  .openapi("NewDispute");

/** The same, entered for a partner. */
export const enteredDisputeSchema = z
  .strictObject({ partner: partnerId, ...claimMembers, text, file: sentFile.optional() })
  .openapi("EnteredDispute");

const claim = z.object({
  number: z.string().nullable(),
  serial: z.string().nullable().openapi({ example: "…7Q2K" }),
  date: z.string().nullable(),
  product: z.string().nullable(),
});

const file = z.object({ name: z.string(), type: z.string(), bytes: z.int() }).nullable();

const evidence = z.array(
  z.object({ kind: z.string(), verdict: z.string(), reason: z.string(), seenAt: isoTime }),
);

const common = {
  id: z.string(),
  state: z.enum(disputeStates),
  claim,
  openedAt: isoTime,
  answerDueAt: isoTime.nullable(),
  ruledAt: isoTime.nullable(),
  granted: z.boolean().nullable(),
};

/** A contested decision in the vendor's lists. */
export const summarySchema = z.object({ partner: z.string(), ...common }).openapi("Dispute");

const order = z.object({
  shop: z.string(),
  order: z.string(),
  outcome: outcomeSchema,
  partner: z.string().nullable(),
  reason: z.string(),
  cycle: z.string(),
  product: z.string().nullable(),
  netMinor: minorUnits,
  taxMinor: minorUnits,
  currency: z.string(),
  occurredAt: isoTime,
  receivedAt: isoTime,
});

/** A contested decision with all that the vendor needs to rule. */
export const recordSchema = summarySchema
  .extend({
    order: order.nullable(),
    candidates: z.array(order).openapi({ description: "The orders that may be meant" }),
    sides: z.array(
      z.object({
        partner: z.string(),
        credited: z.boolean(),
        evidence,
        disputes: z.array(z.string()),
      }),
    ),
    thread: z.array(
      z.object({
        entry: z.int(),
        author: z.enum(["partner", "vendor", "receiver"]),
        kind: z.enum(entryKinds),
        text: z.string().nullable(),
        file,
        actor: z.string().nullable(),
        at: isoTime,
      }),
    ),
  })
  .openapi("DisputeRecord");

/** A contested decision as its partner sees it. */
export const partnerDisputeSchema = z
  .object({
    ...common,
    evidence: evidence.openapi({ description: "What became of your own evidence" }),
    thread: z.array(
      z.object({
        entry: z.int(),
        author: z.enum(["you", "vendor"]),
        text: z.string().nullable(),
        file,
        at: isoTime,
      }),
    ),
  })
  .openapi("PartnerDispute");

/** A contested decision in its partner's list. */
export const partnerSummarySchema = z.object(common).openapi("PartnerDisputeSummary");

const to = z.union([z.strictObject({ partner: partnerId }), z.enum(["nobody", "as-decided"])]);

/** What the vendor rules. */
export const rulingSchema = z
  .strictObject({
    to,
    note: plainText(1000).openapi({ description: "For your own record; the partner does not see it" }),
    answer: text.optional().openapi({ description: "What the partner is told" }),
    order: z.strictObject({ shop: plainText(64), order: plainText(256) }).optional(),
  })
  .openapi("DisputeRuling");

/** What the vendor rules on a class. */
export const classRulingSchema = z
  .strictObject({
    partner: partnerId.optional(),
    reason: plainText(64).optional(),
    to: z.union([to, z.literal("claimant")]),
    note: plainText(1000),
    answer: text.optional(),
    dryRun: z.boolean().optional(),
  })
  .openapi("DisputeClassRuling");

/** What came of a ruling on a class. */
export const ruledClassSchema = z
  .object({
    dryRun: z.boolean(),
    ruled: z.array(z.object({ id: z.string(), partner: z.string(), granted: z.boolean().nullable() })),
    left: z.array(
      z.object({
        id: z.string(),
        partner: z.string(),
        why: z.enum(["contested_by_others", "order_unknown", "second_person_needed", "dispute_ruled"]),
      }),
    ),
  })
  .openapi("RuledDisputes");
