import { z } from "@hono/zod-openapi";
import { maxEmailLength } from "@tallystick/sdk/protocol";
import { isoTime, partnerId, plainText } from "../../http/schemas.ts";
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
  .pick({ name: true, percent: true, email: true, sharing: true })
  .partial()
  .extend({ email: newPartnerSchema.shape.email.nullable() })
  .openapi("PartnerChanges");
