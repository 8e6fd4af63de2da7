import { createRoute, type RouteConfig } from "@hono/zod-openapi";
import type { PartnerRole, VendorRole } from "../words/roles.ts";

/** Those who present a bearer token: the vendor's programs by the admin token, a partner's by its API key. */
export type Bearer = "admin" | "partner";

/** People who are signed in, by what they are, and who else may call the same route by a bearer token. */
export interface People {
  bearer?: Bearer;
  /** The vendor's people in these roles. */
  vendor?: readonly VendorRole[];
  /** Each partner's people in these roles; what they see and change is their own partner's alone. */
  partner?: readonly PartnerRole[];
  /** Whoever proved an address by a mailed link: a customer, who sees what belongs to that address. */
  customer?: true;
  /** Only soon after a sign-in: for what moves money or changes where it goes. */
  fresh?: true;
}

/** Those who have to say who they are. */
export type Caller = Bearer | People;

/**
 * Who may call a route: whoever holds the admin token, a partner with its API key, people who are signed in, or anyone.
 * A kind of bearer that is added here does not compile until `callers` says how it identifies itself and the app has
 * its guard.
 */
export type Who = "anyone" | Caller;

/** How each kind of caller identifies itself, as OpenAPI's security schemes say it. */
export const callers = {
  admin: { type: "http", scheme: "bearer", description: "The `adminToken` of the configuration" },
  partner: { type: "http", scheme: "bearer", description: "A partner's API key, `tsp_…`" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-tallystick",
    description: "Somebody who is signed in; the scopes are the roles, any one of which is enough",
  },
} as const satisfies Record<Bearer | "session", object>;

/** A route as it is declared: the only place that says who may call it. */
export type DeclaredRoute = RouteConfig & { who: Who; operationId: string };

/** What a route's `who` is in OpenAPI's words: any one of the list is enough, an empty list is open to all. */
export type Security = Record<string, string[]>[];

/**
 * Declares a route. `who` is what both its guard (`App` mounts it) and its `security` in the OpenAPI document are made
 * of; an open route has an empty list there, which says so in OpenAPI's words.
 */
export function route<
  Path extends string,
  Declared extends Omit<DeclaredRoute, "path" | "security" | "getRoutingPath"> & { path: Path },
>(declared: Declared) {
  const security = securityOf(declared.who);
  return createRoute<Path, Declared & { security: Security }>({ ...declared, security });
}

/** The `security` of those who may call. The roles of a session are told as OpenAPI 3.1 tells roles: as its scopes. */
export function securityOf(who: Who): Security {
  if (who === "anyone") return [];
  if (typeof who === "string") return [{ [who]: [] }];
  const { bearer } = who;
  return [...(bearer === undefined ? [] : [{ [bearer]: [] }]), { session: rolesOf(who) }];
}

/** The roles of a declaration, each with its side: `vendor:owner`, `partner:viewer`, `customer`. */
export const rolesOf = ({ vendor = [], partner = [], customer }: People): string[] => [
  ...vendor.map((role) => `vendor:${role}`),
  ...partner.map((role) => `partner:${role}`),
  ...(customer === true ? ["customer"] : []),
];

/** A path as the documents spell it: `/r/:product` is `/r/{product}`. */
export const routePattern = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

/** A path as the router spells it: `/r/{product}` is `/r/:product`. */
export const routerPath = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");
