import { z } from "@hono/zod-openapi";
import { currency, minorUnits } from "../../http/schemas.ts";

/** One partner's sums in one currency. */
export const balanceSchema = z
  .object({
    partner: z.string(),
    currency,
    heldMinor: minorUnits,
    payableMinor: minorUnits,
    paidMinor: minorUnits,
  })
  .openapi("Balance");
