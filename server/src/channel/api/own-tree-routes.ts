import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { readOwnTree } from "../own-tree.ts";
import { partnerKinds } from "../partner.ts";

const show = route({
  who: "partner",
  operationId: "readMyTree",
  method: "get",
  path: "/v1/partner/tree",
  tags: ["For partners"],
  summary: "Where you stand in the channel, who stands directly above you and who below",
  request: { query: z.strictObject({}) },
  responses: {
    200: answer(
      "The place; partners above and below where the agreement shares more than sums",
      z
        .object({
          partner: z.string(),
          name: z.string(),
          tier: z.int(),
          above: z.object({ id: z.string(), name: z.string() }).nullable(),
          below: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              kind: z.enum(partnerKinds),
              level: z.int(),
              parent: z.string(),
            }),
          ),
        })
        .openapi("PartnerPlace"),
    ),
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

/** A partner's own view of the channel. */
export function addOwnTreeRoutes(app: App, deps: Deps): void {
  app.openapi(show, async (c) => {
    const tree = await readOwnTree(deps, c.get("holder").partner);
    return isKnownAnswer(c, tree) ? c.body(null, 304) : c.json(tree, 200);
  });
}
