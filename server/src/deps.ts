import type { Clock } from "./clock.ts";
import type { Config } from "./config/config.ts";
import type { EmailHash, LicenceHash } from "./ids.ts";
import type { KeyRing } from "./keys/key-ring.ts";
import type { Log } from "./log.ts";
import type { Store } from "./store/store.ts";

/** Keyed hashes of what must never be stored in clear: HMAC-SHA-256 with the pepper, base64url. */
export interface Hashes {
  /** The licence is trimmed first. */
  licence(licence: string): LicenceHash;
  /** The address is normalised first: NFC, trimmed, lower case, domain to ASCII. */
  email(address: string): EmailHash;
}

/** What the shells need of the world. Made once at start, from the configuration. */
export interface Deps {
  config: Config;
  store: Store;
  clock: Clock;
  log: Log;
  hashes: Hashes;
  keys: KeyRing;
}
