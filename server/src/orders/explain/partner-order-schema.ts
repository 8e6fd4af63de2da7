import { z } from "@hono/zod-openapi";
import { currency, isoTime, minorUnits } from "../../http/schemas.ts";
import { cycles } from "../../words/cycle.ts";

/** An order as a partner sees it. */
export const partnerOrderSchema = z
  .object({
    order: z.string().openapi({ description: "The same in all messages about the order" }),
    product: z.string().nullable(),
    currency,
    creditMinor: minorUnits,
    heldMinor: minorUnits,
    payableMinor: minorUnits,
    occurredAt: isoTime,
    transaction: z
      .object({
        shop: z.string(),
        shopOrder: z.string(),
        cycle: z.enum(cycles),
        netMinor: minorUnits,
        remainingNetMinor: minorUnits,
      })
      .optional()
      .openapi({ description: "Where the agreement shares it" }),
  })
  .openapi("PartnerOrder");
