import { OpenAPIHono } from "@hono/zod-openapi";
import type { Handler, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { takeJson } from "./json-body.ts";
import type { ProblemCode } from "./problem.ts";
import { refusals } from "./problem-answers.ts";
import { type Caller, type DeclaredRoute, routerPath, type Who } from "./route.ts";

/**
 * Makes the guard of a kind of caller: a middleware that calls `next` for those who may call the route. For everybody
 * else it throws a `Refusal`, or returns a page that says so.
 */
export type Guards = (who: Caller) => MiddlewareHandler<AppEnv>;

/** Options of an app: its guards, and the hook for requests that do not fit their route's schemas. */
export type AppOptions = { guards: Guards } & ConstructorParameters<typeof OpenAPIHono<AppEnv>>[0];

/**
 * The receiver's routes, with the OpenAPI document they make. Every route is mounted with the guard of those who may
 * call it as its own first middleware, whatever its path is; one that does not declare them cannot be mounted.
 */
export class App extends OpenAPIHono<AppEnv> {
  /** All routes, in the order in which they were mounted. */
  readonly declared: DeclaredRoute[] = [];
  readonly #guards: Guards;

  constructor({ guards, ...options }: AppOptions) {
    super(options);
    this.#guards = guards;
    const mount = this.openapi;
    this.openapi = ((route: DeclaredRoute, ...handlers: [never]) => {
      const { who: _, ...described } = this.#declare(route, checkedCodes(route));
      const given = [route.middleware ?? (takesJson(route) ? takeJson : [])].flat();
      return mount({ ...described, middleware: [...this.guardOf(route.who), ...given] }, ...handlers);
    }) as typeof mount;
  }

  /** Mounts a route whose handlers read the request themselves: pages, and hot routes, which skip the schemas. */
  serve(route: DeclaredRoute, ...handlers: Handler<AppEnv>[]): void {
    const { who: _, hide, ...described } = this.#declare(route, []);
    if (hide !== true) this.openAPIRegistry.registerPath(described);
    this.on([route.method], [routerPath(route.path)], ...this.guardOf(route.who), ...handlers);
  }

  /** The guard of a route's callers: one middleware, or none where anyone may call. */
  guardOf(who: Who): MiddlewareHandler<AppEnv>[] {
    return who === "anyone" ? [] : [this.#guards(who)];
  }

  /** Keeps the route in `declared`, and adds the refusals of its guard and its body to the responses it declares. */
  #declare(route: DeclaredRoute, codes: readonly ProblemCode[]): DeclaredRoute {
    if (route.who === undefined) throw new Error(`${route.method} ${route.path} says nobody who may call it`);
    this.declared.push(route);
    const implied = refusals(...guardCodes(route.who), ...codes);
    return { ...route, responses: { ...implied, ...route.responses } };
  }
}

/** What the guard of those who may call refuses. */
function guardCodes(who: Who): ProblemCode[] {
  if (who === "anyone") return [];
  const isOfKeys = who === "partner" || (typeof who === "object" && who.bearer === "partner");
  if (isOfKeys) return ["unauthorized", "forbidden", "too_many_requests"];
  return who === "admin" ? ["unauthorized"] : ["unauthorized", "forbidden"];
}

const takesJson = ({ request }: DeclaredRoute): boolean =>
  request?.body?.content["application/json"] !== undefined;

/** What is refused before a handler is called, by a route whose request is held to its schemas. */
function checkedCodes(route: DeclaredRoute): ProblemCode[] {
  if (takesJson(route)) return ["request_invalid", "body_too_large", "media_type_unsupported"];
  return route.request === undefined ? [] : ["request_invalid"];
}
