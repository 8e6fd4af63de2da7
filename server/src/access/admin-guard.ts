import { createHash, timingSafeEqual } from "node:crypto";
import { registrationPath, voucherPath } from "@tallystick/sdk/protocol";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { Refusal } from "../words/refusal.ts";
import { bearerOf } from "./bearer.ts";
import { partnerPath } from "./partner-guard.ts";

/** What SDKs call: the token, the serial or the code in the body is what speaks for the caller. */
const openPaths: ReadonlySet<string> = new Set([registrationPath, voucherPath]);

/**
 * Lets only the bearer of the admin token past; the open routes and the partners' own excepted. Unknown paths below `/v1`
 * are refused alike, so that without the token one cannot learn what exists.
 */
export function adminGuard(adminToken: string): MiddlewareHandler<AppEnv> {
  if (adminToken === "") throw new Error("an empty admin token would let everybody in");
  const expected = digest(adminToken);
  return async (c, next) => {
    if (!openPaths.has(c.req.path) && !c.req.path.startsWith(partnerPath)) {
      const presented = bearerOf(c);
      // Digests are of one length, so the comparison tells neither the token's length nor how much of it was right.
      if (presented === undefined || !timingSafeEqual(digest(presented), expected)) throw refused;
    }
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  };
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

const refused = new Refusal("unauthorized", "This needs the admin token: `Authorization: Bearer …`.");
