import type { MiddlewareHandler, NotFoundHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { App, AppContext, AppEnv } from "./app-env.ts";
import type { Metrics } from "./metrics.ts";
import { problemResponse } from "./problem.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Answers what no route takes: 404 for an unknown path, 405 with `Allow` for a known one, 204 for OPTIONS. */
export function answerStranger(app: App, metrics: Metrics): NotFoundHandler<AppEnv> {
  return (c) => {
    const response = strangerResponse(app, c);
    metrics.requests("unmatched", response.status, 0);
    return response;
  };
}

function strangerResponse(app: App, c: AppContext): Response {
  const known = methods.filter((method) => isRouted(app, method, c.req.path));
  if (known.length === 0) return problemResponse("not_found", "There is nothing at this address.");
  const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  return problemResponse("method_not_allowed", `This address takes ${allow}.`, { allow });
}

/** A middleware matches every method of its paths and is no route. */
function isRouted(app: App, method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, route]]) => route.method !== "ALL");
}

/** Counts and times requests under their route's pattern. The hot routes do it themselves. */
export function timed(metrics: Metrics): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const pattern = matchedRoutes(c).findLast((route) => route.method !== "ALL")?.path;
    if (pattern === undefined) return;
    metrics.requests(pattern.replace(/:(\w+)/g, "{$1}"), c.res.status, (performance.now() - begun) / 1000);
  };
}
