import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";

/** A partner's API key. The key itself is never stored. */
export interface PartnerKeyRow {
  /** Begins with `pk_`; made from the hash, so that a key that is found somewhere can be told by it. */
  id: string;
  /** SHA-256 of the key, hexadecimal: 160 random bits need no slow hash. */
  secret_hash: string;
  partner_id: PartnerId;
  name: string | null;
  created_at: Instant;
  revoked_at: Instant | null;
  /** The first moment of the day in UTC on which it was last used. */
  last_used_at: Instant | null;
  /** What it may be used for, one behind the other; null is everything. */
  scopes: string | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    partner_keys: PartnerKeyRow;
  }
}
