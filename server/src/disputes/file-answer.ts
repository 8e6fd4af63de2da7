import type { AppContext } from "../http/app-env.ts";
import type { HandedFile } from "./answer-dispute.ts";

/**
 * A file that somebody sent, as a download: whatever it says it is, no browser shows it, guesses its type or runs it.
 */
export function fileAnswer(c: AppContext, { name, bytes }: HandedFile): Response {
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${name}"`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
}
