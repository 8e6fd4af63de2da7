import { createHash } from "node:crypto";
import { type AppContext, requestHeader } from "./app-env.ts";

/**
 * Sets an answer's `ETag` (RFC 9110, section 8.8.3), a hash of the answer alone, and returns whether the caller has that
 * answer already: then 304 without a body is enough.
 */
export function isKnownAnswer(c: AppContext, body: unknown): boolean {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
  const tag = `"${hash.slice(0, 27)}"`;
  c.header("etag", tag);
  c.header("cache-control", "private, no-cache");
  const known = requestHeader(c, "if-none-match") ?? "";
  return known.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
}
