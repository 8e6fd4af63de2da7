import type { Deps } from "../deps/deps.ts";
import type { Guards } from "../http/app.ts";
import { adminGuard } from "./admin-guard.ts";
import { partnerGuard } from "./partner-guard.ts";

/** A guard for each kind of caller. */
export const createGuards = (deps: Deps, adminToken: string): Guards => ({
  admin: adminGuard(adminToken),
  partner: partnerGuard(deps),
});
