import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { type AppEnv, bearerOf } from "../http/app-env.ts";
import { Refusal } from "../words/refusal.ts";

/** Lets only the bearer of the admin token past. */
export function adminGuard(adminToken: string): MiddlewareHandler<AppEnv> {
  if (adminToken === "") throw new Error("an empty admin token would let everybody in");
  const expected = digest(adminToken);
  return async (c, next) => {
    const presented = bearerOf(c);
    // Digests are of one length, so the comparison tells neither the token's length nor how much of it was right.
    if (presented === undefined || !timingSafeEqual(digest(presented), expected)) throw refused;
    await next();
  };
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

const refused = new Refusal("unauthorized", "This needs the admin token: `Authorization: Bearer …`.");
