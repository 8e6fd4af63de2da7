import { z } from "@hono/zod-openapi";
import { statementFormats } from "../formats.ts";

/** In which form and language. */
export const exportQuery = z.strictObject({
  format: z.enum(statementFormats),
  language: z
    .string()
    .regex(/^[A-Za-z0-9-]{2,35}$/)
    .optional()
    .openapi({ description: "BCP 47; the partner's own by default", example: "de" }),
});

/** The document, for the OpenAPI description. */
export const exportResponses = {
  200: {
    description: "The document",
    content: {
      "text/html": { schema: z.string() },
      "application/pdf": { schema: z.string().openapi({ format: "binary" }) },
      "text/csv": { schema: z.string() },
      "application/json": { schema: z.looseObject({}) },
    },
  },
};
