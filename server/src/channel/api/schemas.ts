import { z } from "@hono/zod-openapi";
import { maxEmailLength } from "@tallystick/sdk/protocol";
import { isoTime, moment, partnerId, plainText } from "../../http/schemas.ts";
import { partnerKinds, sharingLevels } from "../partner.ts";

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
    status: z.enum(["active", "ended"]),
    createdAt: isoTime,
    endedAt: isoTime.nullable(),
  })
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
  })
  .openapi("NewPartner");

/** What to change of a partner. */
export const partnerChangesSchema = newPartnerSchema
  .pick({ name: true, percent: true, email: true, sharing: true, parent: true, since: true })
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
