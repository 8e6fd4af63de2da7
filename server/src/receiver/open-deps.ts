import { auditedStore } from "../audit/audited-store.ts";
import type { Config } from "../config/config.ts";
import {
  type OpenDepsOptions as GroundOptions,
  type OpenedDeps,
  openDeps as openGround,
} from "../deps/open-deps.ts";
import { bookChecks } from "./book-checks.ts";
import { ways } from "./ways.ts";

/** How the dependencies are opened, beyond what the configuration says. */
export type OpenDepsOptions = Omit<GroundOptions, "ways" | "bookChecks">;

/**
 * Opens what the shells need: the database, brought up to date; the pepper and the first signing key, made when
 * they are missing; every way of selling. Two processes may do so at once.
 *
 * @throws {ConfigError} when the pepper is missing, too short, or another one than the database was filled with
 */
export async function openDeps(config: Config, options: OpenDepsOptions): Promise<OpenedDeps> {
  const deps = await openGround(config, { ...options, ways, bookChecks });
  return { ...deps, store: auditedStore(deps.store, deps) };
}
