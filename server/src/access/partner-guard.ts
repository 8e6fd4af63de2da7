import type { MiddlewareHandler } from "hono";
import type { Deps } from "../deps/deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { Refusal } from "../words/refusal.ts";
import { bearerOf } from "./bearer.ts";
import { authenticatePartner } from "./partner-keys.ts";

/**
 * Lets only the bearer of a partner's API key past, and notes whose it is: the routes behind it take the partner from
 * there alone. A wrong, a revoked and an ended partner's key are refused alike.
 */
export function partnerGuard(deps: Deps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const presented = bearerOf(c);
    const holder = presented === undefined ? undefined : await authenticatePartner(deps, presented);
    if (holder === undefined) throw refused;
    c.set("holder", holder);
    await next();
  };
}

const refused = new Refusal("unauthorized", "This needs a partner's API key: `Authorization: Bearer tsp_…`.");
