import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime } from "../../http/schemas.ts";
import { partnerOrderSchema } from "../../orders/explain/partner-order-schema.ts";
import { readPartnerFeed } from "../partner-feed.ts";

const mediaType = "application/feed+json";

const feedSchema = z
  .object({
    version: z.literal("https://jsonfeed.org/version/1.1"),
    title: z.string(),
    feed_url: z.string(),
    next_url: z.string().optional(),
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        content_text: z.string(),
        date_published: isoTime,
        tags: z.array(z.string()),
        _tallystick: partnerOrderSchema.optional(),
      }),
    ),
  })
  .openapi("PartnerFeed");

const feed = route({
  who: "partner",
  operationId: "readMyFeed",
  method: "get",
  path: "/v1/partner/feed",
  tags: ["For partners"],
  summary: "Your credits and the vendor's news as a JSON Feed, the newest first",
  request: { query: z.strictObject({ after: cursor.optional() }) },
  responses: {
    200: { description: "JSON Feed 1.1", content: { [mediaType]: { schema: feedSchema } } },
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

/** A partner's credits and the vendor's news, for its readers and tools. */
export function addPartnerFeedRoutes(app: App, deps: Deps): void {
  app.openapi(feed, async (c) => {
    const { partner, partnerName: name } = c.get("holder");
    const found = await readPartnerFeed(deps, { partner, name }, c.req.valid("query").after);
    if (isKnownAnswer(c, found)) return c.body(null, 304);
    return c.body(JSON.stringify(found), 200, { "content-type": mediaType });
  });
}
