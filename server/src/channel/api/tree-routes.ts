import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { moment, plainText } from "../../http/schemas.ts";
import { readPartnerPositions, readPartnerTree } from "../partner-tree.ts";
import { partnerTreeSchema, positionSchema } from "./schemas.ts";

const tags = ["Partners"];

const tree = route({
  who: "admin",
  operationId: "readPartnerTree",
  method: "get",
  path: "/v1/partner-tree",
  tags,
  summary: "Who stood above whom at a moment; now by default",
  request: { query: z.strictObject({ at: moment.optional() }) },
  responses: { 200: answer("The channel", partnerTreeSchema) },
});

const positions = route({
  who: "admin",
  operationId: "readPartnerPositions",
  method: "get",
  path: "/v1/partners/{id}/positions",
  tags,
  summary: "Where a partner stood, and since when",
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    200: answer("The positions in the order of time", z.array(positionSchema)),
    ...refusals("partner_unknown"),
  },
});

/** The hierarchy: the tree of a day, and a partner's way through it. */
export function addTreeRoutes(app: App, deps: Deps): void {
  app.openapi(tree, async (c) => c.json(await readPartnerTree(deps, c.req.valid("query")), 200));
  app.openapi(positions, async (c) => c.json(await readPartnerPositions(deps, c.req.valid("param").id), 200));
}
