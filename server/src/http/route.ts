import { createRoute, type RouteConfig } from "@hono/zod-openapi";

/**
 * Who may call a route: whoever holds the admin token, a partner with its API key, or anyone. A kind of caller that
 * is added here does not compile until `callers` says how it identifies itself and the app has its guard.
 */
export type Who = "anyone" | Caller;

/** Those who have to say who they are. */
export type Caller = "admin" | "partner";

/** How each kind of caller identifies itself, as OpenAPI's security schemes say it. */
export const callers: Readonly<Record<Caller, { type: "http"; scheme: string; description: string }>> = {
  admin: { type: "http", scheme: "bearer", description: "The `adminToken` of the configuration" },
  partner: { type: "http", scheme: "bearer", description: "A partner's API key, `tsp_…`" },
};

/** A route as it is declared: the only place that says who may call it. */
export type DeclaredRoute = RouteConfig & { who: Who; operationId: string };

/**
 * Declares a route. `who` is what both its guard (`App` mounts it) and its `security` in the OpenAPI document are made
 * of; an open route has an empty list there, which says so in OpenAPI's words.
 */
export function route<
  Path extends string,
  Declared extends Omit<DeclaredRoute, "path" | "security" | "getRoutingPath"> & { path: Path },
>(declared: Declared) {
  const security = declared.who === "anyone" ? [] : [{ [declared.who]: [] }];
  return createRoute<Path, Declared & { security: Record<string, string[]>[] }>({ ...declared, security });
}

/** A path as the router spells it: `/r/{product}` is `/r/:product`. */
export const routerPath = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");
