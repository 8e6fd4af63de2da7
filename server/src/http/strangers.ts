import type { MiddlewareHandler, NotFoundHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { App } from "./app.ts";
import type { AppContext, AppEnv } from "./app-env.ts";
import type { Metrics } from "./metrics.ts";
import { problemResponse } from "./problem.ts";
import { type DeclaredRoute, routePattern, routerPath, type Who } from "./route.ts";

/** A path below which only those who may call there learn what exists. */
export interface Concealed {
  below: string;
  who: Who;
}

/**
 * Handles requests that no route matches: 404 for an unknown path, 405 with `Allow` for a known one, 204 for OPTIONS. A
 * known path has the guard of its routes. An unknown path has the guard of the first of `concealed` that it lies below.
 */
export function answerStrangers(
  app: App,
  metrics: Metrics,
  concealed: readonly Concealed[],
): NotFoundHandler<AppEnv> {
  return async (c) => {
    const known = routesAt(app, c.req.path);
    for (const guard of app.guardOf(whoMayKnow(c.req.path, known, concealed))) await guard(c, async () => {});
    const response = strangerResponse(known, c);
    metrics.requests("unmatched", response.status, 0);
    return response;
  };
}

function whoMayKnow(path: string, known: readonly DeclaredRoute[], concealed: readonly Concealed[]): Who {
  const [first] = known;
  if (first === undefined) return concealed.find((one) => liesBelow(path, one.below))?.who ?? "anyone";
  return known.some(({ who }) => who === "anyone") ? "anyone" : first.who;
}

const liesBelow = (path: string, base: string): boolean =>
  path === base || path.startsWith(base.endsWith("/") ? base : `${base}/`);

function strangerResponse(known: readonly DeclaredRoute[], c: AppContext): Response {
  if (known.length === 0) return problemResponse("not_found", "There is nothing at this address.");
  const methods = known.map(({ method }) => method.toUpperCase());
  const allow = [...new Set(methods), ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  return problemResponse("method_not_allowed", `This address takes ${allow}.`, { allow });
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** The routes at a path, one a method. */
function routesAt(app: App, path: string): DeclaredRoute[] {
  return methods.flatMap((method) => {
    // A middleware matches every method of its paths and is no route.
    const matched = app.router.match(method, path)[0].find(([[, taken]]) => taken.method !== "ALL");
    if (matched === undefined) return [];
    const [[, taken]] = matched;
    const isTaken = (one: DeclaredRoute) =>
      one.method.toUpperCase() === method && routerPath(one.path) === taken.path;
    return app.declared.filter(isTaken);
  });
}

/** Counts and times requests under their route's pattern. The hot routes do it themselves. */
export function timed(metrics: Metrics): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const pattern = matchedRoutes(c).findLast((route) => route.method !== "ALL")?.path;
    if (pattern === undefined) return;
    metrics.requests(routePattern(pattern), c.res.status, (performance.now() - begun) / 1000);
  };
}

/**
 * Keeps responses out of caches. A 401 is left as it is: it has its own header, and a path that exists must be refused
 * with the same bytes as one that does not.
 */
export async function unkept(c: AppContext, next: () => Promise<void>): Promise<void> {
  await next();
  if (c.res.status === 401) return;
  c.header("cache-control", "no-store");
  c.header("x-content-type-options", "nosniff");
}
