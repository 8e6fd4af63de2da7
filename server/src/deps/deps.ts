import type { Config } from "../config/config.ts";
import type { KeyRing } from "../keys/key-ring.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { OpenedStore, Store } from "../store/store.ts";
import type { Clock } from "../words/clock.ts";
import type { Log } from "../words/log.ts";

/** What the shells need of the world. Made once at start, from the configuration. */
export interface Deps {
  config: Config;
  store: Store;
  clock: Clock;
  log: Log;
  hashes: Hashes;
  keys: KeyRing;
}

/** What a command has that only looks. What decides and what checks the books is not there. */
export type LookingDeps = Omit<Deps, "ways" | "bookChecks"> & { store: OpenedStore };
