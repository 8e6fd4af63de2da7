import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PersonId } from "../../words/ids.ts";
import type { SignInWay } from "../../words/roles.ts";

/** Somebody who is signed in: a person, or a customer who is known by an address alone. */
export interface SessionRow {
  /** SHA-256 of what the cookie carries. */
  secret_hash: string;
  /** Names the session in lists; it opens nothing. */
  id: string;
  person_id: PersonId | null;
  customer_hash: EmailHash | null;
  /** The customer's address, sealed. */
  customer_mail: Uint8Array | null;
  way: SignInWay;
  /** The browser and system, in two words. */
  device: string;
  signed_in_at: Instant;
  seen_at: Instant;
  /** When it ends, unless it is used before. */
  idle_at: Instant;
  /** When it ends at the latest. */
  expires_at: Instant;
  /** The id of the provider that signed the person in; null for every other way. */
  provider: string | null;
  /** Keyed hash of the provider's `sub`. */
  provider_subject: string | null;
  /** Keyed hash of the provider's `sid`, where it tells one. */
  provider_session: string | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    sessions: SessionRow;
  }
}
