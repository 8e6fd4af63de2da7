import { createHash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import type { App } from "../../http/app.ts";
import { requestHeader } from "../../http/app-env.ts";
import { route } from "../../http/route.ts";
import type { KeyRing } from "../key-ring.ts";

const jwkSchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  kid: z.string(),
  alg: z.string().optional(),
  use: z.string().optional(),
});

const jwks = route({
  who: "anyone",
  operationId: "readKeySet",
  method: "get",
  path: "/.well-known/jwks.json",
  tags: ["Keys"],
  summary: "The public keys that verify tokens",
  description: "Keys that are not revoked (RFC 7517). May be cached for five minutes; has an ETag.",
  responses: {
    200: {
      description: "The key set",
      content: { "application/json": { schema: z.object({ keys: z.array(jwkSchema) }).openapi("KeySet") } },
    },
    304: { description: "Not changed since the ETag in `If-None-Match`" },
  },
});

/** What every program may read: the public keys. Any web page may too (CORS). */
export function addWellKnownRoutes(app: App, deps: { keys: KeyRing }): void {
  app.serve(jwks, async (c) => {
    const body = JSON.stringify(await deps.keys.publicKeys());
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const headers = {
      etag,
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
    };
    if (matches(requestHeader(c, "if-none-match"), etag)) return new Response(null, { status: 304, headers });
    return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
  });
}

/** RFC 9110, section 13.1.2: a list, compared weakly; `*` matches anything. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(",")
    .map((candidate) => candidate.trim().replace(/^W\//, ""))
    .some((candidate) => candidate === etag || candidate === "*");
}
