import { z } from "@hono/zod-openapi";
import { answer } from "../../http/problem-answers.ts";
import { plainText } from "../../http/schemas.ts";

/** Names a contested decision in a path. */
export const disputePath = z.object({ id: plainText(64) });

/** Names a file of its thread: the entry it came with, counted from 1. */
export const filePath = disputePath.extend({
  entry: z.coerce.number().int().min(1).max(1000).openapi({ type: "integer", minimum: 1, maximum: 1000 }),
});

/** How a page of them stands in the OpenAPI document, whoever reads it. */
export const disputePage = <Summary extends z.ZodType>(summary: Summary) =>
  answer("A page", z.object({ disputes: z.array(summary), next: z.string().nullable() }));

/** How a download stands in the OpenAPI document. */
export const fileResponse = {
  description: "The file, as a download",
  content: { "application/octet-stream": { schema: { type: "string" as const, format: "binary" } } },
};
