import { Refusal } from "../words/refusal.ts";

/** What a partner's API key can be limited to, and the routes below `/v1/partner/` that belong to each. */
const routesOfScope = {
  sales: ["orders", "balances", "feed", "plan", "tree", "terms"],
  money: ["statements", "payouts", "details", "disputes"],
  customers: ["registered-emails", "form-links", "customers", "mandates", "mandate-invitation"],
  deals: ["deals"],
  rewards: ["rewards", "reward-offers"],
} as const satisfies Record<string, readonly string[]>;

/** What a partner's API key can be limited to. */
export const keyScopes = [
  "sales",
  "money",
  "customers",
  "deals",
  "rewards",
] as const satisfies readonly (keyof typeof routesOfScope)[];
/** One thing that a partner's API key can be limited to. */
export type KeyScope = keyof typeof routesOfScope;

/**
 * Whether a key may be used for a path: one without scopes for everything, another for the routes of its scopes alone. So
 * a route that belongs to no scope is closed to it.
 */
export function mayUse(scopes: readonly KeyScope[] | null, path: string): boolean {
  if (scopes === null) return true;
  const [, noun = ""] = /^\/v1\/partner\/([a-z-]+)/.exec(path) ?? [];
  return scopes.some((scope) => (routesOfScope[scope] as readonly string[]).includes(noun));
}

/** The scopes of a stored key: one behind the other, null for one that may be used for everything. */
export const scopesOf = (text: string | null): KeyScope[] | null =>
  text === null ? null : keyScopes.filter((scope) => text.split(" ").includes(scope));

/** Throws what a key is refused with that is used for something else. */
export function refuseScope(): never {
  throw new Refusal(
    "forbidden",
    "This key may not be used for that: ask the vendor for one with another scope.",
  );
}
