import { z } from "@hono/zod-openapi";
import { isoTime, tokenId } from "../../http/schemas.ts";

/** A public signing key's life. */
export const keySchema = z
  .object({
    kid: tokenId,
    status: z.enum(["active", "retired", "revoked"]),
    createdAt: isoTime,
    revokedAt: isoTime.nullable(),
  })
  .openapi("SigningKey");
