import type { MiddlewareHandler } from "hono";
import type { Deps } from "../deps/deps.ts";
import { type AppEnv, bearerOf } from "../http/app-env.ts";
import { chargeAttempt, tooManyRequests } from "../limits/limit-attempt.ts";
import { Refusal } from "../words/refusal.ts";
import { mayUse, refuseScope } from "./key-scopes.ts";
import { authenticatePartner } from "./partner-keys.ts";

/**
 * Lets only the bearer of a partner's API key past, and notes whose it is: the routes behind it take the partner from
 * there alone. A wrong, a revoked and an ended partner's key are refused alike. Each request counts against the limit of
 * its key.
 */
export function partnerGuard(deps: Deps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const presented = bearerOf(c);
    const holder = presented === undefined ? undefined : await authenticatePartner(deps, presented);
    if (holder === undefined) throw refused;
    if (!mayUse(holder.scopes, c.req.path)) refuseScope();
    await chargeOrRefuse(deps, holder);
    c.set("holder", holder);
    await next();
  };
}

/** A program that asks again and again costs others nothing: each key has a limit of its own. */
async function chargeOrRefuse(deps: Deps, { keyId }: { keyId: string }): Promise<void> {
  const charged = await chargeAttempt(deps, { scope: "partnerApi", account: keyId });
  if (!charged.allowed) throw tooManyRequests(charged.retryAfterSeconds);
}

const refused = new Refusal("unauthorized", "This needs a partner's API key: `Authorization: Bearer tsp_…`.");
