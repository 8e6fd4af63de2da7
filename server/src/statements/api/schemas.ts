import { z } from "@hono/zod-openapi";
import { sharingLevels } from "../../agreements/agreement.ts";
import { currency, isoTime, minorUnits } from "../../http/schemas.ts";
import { transferKinds } from "../../ledger/transfer.ts";
import { taxTreatments } from "../../partner-details/details-document.ts";
import { acceptances } from "../read-statements.ts";
import { statementKinds } from "../statement.ts";

const sums = { heldMinor: minorUnits, payableMinor: minorUnits, paidMinor: minorUnits };
const sumsSchema = z.object(sums).openapi("StatementSums");

const summary = {
  number: z.string().openapi({ example: "ST-2026-00001" }),
  kind: z.enum(statementKinds),
  partner: z.string(),
  currency,
  period: z.string().openapi({ example: "2026-11" }),
  closedAt: isoTime,
  dueAt: isoTime.nullable(),
  closingHeldMinor: minorUnits,
  closingPayableMinor: minorUnits,
  closingPaidMinor: minorUnits,
  lines: z.int(),
  acceptance: z.enum(acceptances),
  hash: z.string().openapi({ description: "SHA-256 of the document as it was closed" }),
};

/** A statement in a list. */
export const summarySchema = z.object(summary).openapi("StatementSummary");

const partySchema = z
  .object({
    name: z.string(),
    address: z.array(z.string()),
    country: z.string(),
    vatId: z.string().nullable(),
    taxNumber: z.string().nullable(),
  })
  .openapi("LegalParty");

const selfBillingSchema = z
  .object({
    seller: partySchema,
    buyer: partySchema,
    treatment: z.enum(taxTreatments),
    rateBp: z.int(),
    netMinor: minorUnits,
    taxMinor: minorUnits,
    grossMinor: minorUnits,
    acceptBy: isoTime.nullable(),
    agreementFile: z.string().nullable(),
  })
  .openapi("SelfBilling");

const documentSchema = z
  .object({
    number: z.string(),
    kind: z.enum(statementKinds),
    partner: z.string(),
    partnerName: z.string(),
    vendor: z.string(),
    currency,
    period: z.object({ name: z.string(), from: isoTime, until: isoTime }),
    closedAt: isoTime,
    dueAt: isoTime.nullable(),
    sharing: z.enum(sharingLevels),
    language: z.string().nullable(),
    opening: sumsSchema,
    movements: z.array(z.object({ kind: z.enum(transferKinds), count: z.int(), ...sums })),
    closing: sumsSchema,
    lineCount: z.int(),
    selfBilling: selfBillingSchema.nullable(),
    linesHash: z.string(),
    previous: z.object({ number: z.string(), hash: z.string() }).nullable(),
  })
  .openapi("StatementDocument");

const lineSchema = z
  .object({
    line: z.int(),
    transfer: z
      .int()
      .optional()
      .openapi({ description: "The movement's number in the journal; the vendor alone is told" }),
    bookedAt: isoTime,
    kind: z.enum(transferKinds),
    cause: z.string(),
    ...sums,
    order: z.object({ key: z.string(), product: z.string().nullable(), occurredAt: isoTime }).nullable(),
    transaction: z
      .object({
        shop: z.string(),
        shopOrder: z.string(),
        cycle: z.enum(["new", "renewal"]),
        netMinor: minorUnits,
      })
      .optional()
      .openapi({ description: "Where the agreement shared it" }),
    reason: z.string().nullable(),
    evidence: z.string().nullable(),
    parts: z.array(
      z.object({
        line: z.string().optional(),
        rule: z.string().nullable(),
        rateBp: z.number(),
        amountMinor: minorUnits,
      }),
    ),
    plan: z.object({ id: z.string(), version: z.int() }).nullable(),
    corrects: z.object({ number: z.string().nullable(), line: z.int() }).nullable().openapi({
      description: "The line that a loss corrects; without a number one of this statement",
    }),
    source: z
      .object({
        kind: z.string(),
        id: z.string(),
        reference: z.string().nullable(),
        note: z.string().nullable(),
        claim: z.string().nullable(),
        reverses: z.string().nullable().optional().openapi({ description: "The id of what it takes back" }),
      })
      .nullable(),
  })
  .openapi("StatementLine");

/** A statement with its document and a page of its lines. */
export const shownSchema = z
  .object({
    ...summary,
    document: documentSchema,
    movements: z.array(lineSchema),
    next: z.string().nullable(),
  })
  .openapi("Statement");

/** What a close did. */
export const closeReportSchema = z
  .object({
    period: z.string(),
    dryRun: z.boolean(),
    statements: z.array(
      z.object({
        number: z.string().nullable(),
        kind: z.enum(statementKinds),
        partner: z.string(),
        currency,
        opening: sumsSchema,
        closing: sumsSchema,
        lines: z.int(),
        dueAt: isoTime.nullable(),
      }),
    ),
    left: z.array(z.object({ partner: z.string(), currency, why: z.string() })),
  })
  .openapi("CloseReport");
