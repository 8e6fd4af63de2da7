import { z } from "@hono/zod-openapi";
import { currency, isoTime, minorUnits } from "../http/schemas.ts";
import { requestStatuses } from "./request-status.ts";
import { requestKinds } from "./rows/schema.ts";

/** What waits for a second person and is no adjustment, in the API. */
export const moneyRequestSchema = z
  .object({
    id: z.string(),
    kind: z.enum(requestKinds),
    subject: z.string().openapi({
      description: "A programme, shop and order, the reason of a class of orders, or a plan and whom it pays",
    }),
    note: z.string().nullable(),
    reference: z.string().nullable(),
    reverses: z.string().nullable().openapi({ description: "The correction that a correction takes back" }),
    moves: z
      .array(z.object({ partner: z.string(), currency, amountMinor: minorUnits }))
      .openapi({ description: "More than zero is in the partner's favour" }),
    status: z.enum(["gathering", ...requestStatuses]).openapi({
      description: "`gathering` while the import that adds to it has not ended",
    }),
    enteredBy: z.string(),
    enteredAt: isoTime,
    decidedBy: z.string().nullable(),
    decidedAt: isoTime.nullable(),
  })
  .openapi("MoneyRequest");
