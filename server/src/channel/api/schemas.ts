import { z } from "@hono/zod-openapi";
import { maxEmailLength } from "@tallystick/sdk/protocol";
import { noticeKinds, sharingLevels } from "../../agreements/agreement.ts";
import { currency, isoTime, moment, partnerId, plainText } from "../../http/schemas.ts";
import { as } from "../../words/ids.ts";
import { type NewPartner, type Partner, type PartnerChanges, partnerKinds } from "../partner.ts";

/** A partner as the API and the command line show it. */
export const partnerSchema = z
  .object({
    id: partnerId,
    name: z.string().openapi({ example: "North Shop" }),
    kind: z.enum(partnerKinds),
    parent: z.string().nullable(),
    percent: z.number(),
    emailRegistered: z.boolean(),
    sharing: z.enum(sharingLevels),
    status: z.enum(["active", "suspended", "ended", "merged"]),
    createdAt: isoTime,
    endedAt: isoTime.nullable(),
    suspendedAt: isoTime.nullable(),
    mergedInto: z.string().nullable(),
  } satisfies Record<keyof Partner, z.ZodType>)
  .openapi("Partner");

/** What is needed to add a partner. */
export const newPartnerSchema = z
  .strictObject({
    id: partnerId,
    name: plainText(200).openapi({ example: "North Shop" }),
    kind: z.enum(partnerKinds).optional(),
    parent: partnerId.optional().openapi({ example: "big-distributor" }),
    since: moment.optional().openapi({ description: "Since when the parent stands above it" }),
    percent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .openapi({ description: "At most two decimals", example: 12.5 }),
    email: plainText(maxEmailLength).optional().openapi({ example: "sales@north.example" }),
    sharing: z.enum(sharingLevels).optional(),
  } satisfies Record<keyof NewPartner, z.ZodType>)
  .openapi("NewPartner");

/** What to change of a partner. */
export const partnerChangesSchema = newPartnerSchema
  .pick({ name: true, percent: true, email: true, sharing: true, parent: true, since: true } satisfies Record<
    keyof PartnerChanges,
    true
  >)
  .partial()
  .extend({
    email: newPartnerSchema.shape.email.nullable(),
    parent: newPartnerSchema.shape.parent.nullable(),
  })
  .openapi("PartnerChanges");

/** Who stands above whom. */
export const partnerTreeSchema = z
  .object({
    at: isoTime,
    partners: z
      .array(
        z
          .object({
            id: partnerId,
            name: z.string(),
            kind: z.enum(partnerKinds),
            status: z.enum(["active", "ended"]),
            parent: partnerId.nullable(),
            tier: z.int().min(1).openapi({ description: "1 at the top" }),
            percent: z
              .number()
              .openapi({ description: "Its own commission, as it is today whatever the moment" }),
          })
          .openapi("PartnerTreeEntry"),
      )
      .openapi({ description: "After each partner those below it" }),
  })
  .openapi("PartnerTree");

/** Where a partner stood for a time. */
export const positionSchema = z
  .object({
    parent: partnerId.nullable(),
    since: isoTime,
    until: isoTime.nullable(),
    recordedAt: isoTime,
  })
  .openapi("PartnerPosition");

const agreementMembers = {
  sharing: z.enum(sharingLevels),
  notices: z.array(z.enum(noticeKinds)).max(noticeKinds.length).openapi({
    description: "What the vendor may write to the partner's customers",
  }),
  renewalRights: z
    .strictObject({ beforeDays: z.int().min(0).max(3650), afterDays: z.int().min(0).max(3650) })
    .nullable()
    .openapi({
      description:
        "Days before and after a term's end in which its seller is credited, whoever's link is clicked",
    }),
  territories: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(300)
    .nullable()
    .openapi({ description: "Where the partner may sell, ISO 3166-1 alpha-2; null: everywhere" }),
  selfBilling: z.boolean(),
  silenceDays: z.int().min(1).max(365).nullable().openapi({
    description: "After how many days without an answer such an invoice counts as accepted; null: never",
  }),
  currency: currency
    .regex(/^[A-Z]{3}$/)
    .transform(as.currency)
    .nullable(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .nullable()
    .openapi({ example: "de-AT" }),
  note: plainText(1000).nullable(),
  fileHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .openapi({ description: "SHA-256 of the signed paper, in hexadecimal" }),
};

/** What is agreed with a partner. */
export const agreementSchema = z
  .object({ partner: partnerId, at: isoTime, ...agreementMembers, currency: currency.nullable() })
  .openapi("Agreement");

/** An agreement with the time for which it holds. */
export const agreementEntrySchema = z
  .object({
    version: z.int().min(1),
    since: isoTime,
    until: isoTime.nullable(),
    ...agreementMembers,
    currency: currency.nullable(),
    recordedAt: isoTime,
  })
  .openapi("AgreementEntry");

/** What to agree anew: what is left out stays. */
export const newAgreementSchema = z
  .strictObject({ ...agreementMembers, since: moment })
  .partial()
  .openapi("NewAgreement");
