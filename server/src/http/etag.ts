import { createHash } from "node:crypto";
import { type AppContext, requestHeader } from "./app-env.ts";

/**
 * Says by which tag an answer is known (RFC 9110, section 8.8.3), and whether the caller has it already: then 304 without a
 * body is enough. The tag is made of the answer alone.
 */
export function isKnownAnswer(c: AppContext, body: unknown): boolean {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
  const tag = `"${hash.slice(0, 27)}"`;
  c.header("etag", tag);
  c.header("cache-control", "private, no-cache");
  const known = requestHeader(c, "if-none-match") ?? "";
  return known.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
}
