import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { batchText, isoTime, partnerId } from "../../http/schemas.ts";
import { listMovements } from "../movements.ts";

const movementSchema = z
  .object({
    batch: z.string(),
    product: z.string(),
    open: z.string().nullable().openapi({ example: "1000000..1004999" }),
    from: z.string().nullable().openapi({ description: "Null for the vendor" }),
    to: z.string(),
    since: isoTime,
    until: isoTime.nullable(),
    recordedAt: isoTime,
    note: z.string().nullable(),
  })
  .openapi("Movement");

const list = route({
  who: "admin",
  operationId: "listMovements",
  method: "get",
  path: "/v1/movements",
  tags: ["Serials"],
  summary: "The way of batches through the channel, in the order of time",
  request: { query: z.strictObject({ batch: batchText.optional(), partner: partnerId.optional() }) },
  responses: {
    200: answer("The movements, 10,000 at the most", z.array(movementSchema)),
    ...refusals("serial_batch_unknown", "partner_unknown"),
  },
});

/** Who gave what to whom. */
export function addMovementRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listMovements(deps, c.req.valid("query")), 200));
}
