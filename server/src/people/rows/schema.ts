import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PartnerId, PersonId } from "../../words/ids.ts";
import type { PartnerRole, VendorRole } from "../../words/roles.ts";

/** How often a summary may be mailed. */
export const digests = ["daily", "weekly", "never"] as const;
/** How often a summary is mailed. */
export type Digest = (typeof digests)[number];

/** One who may sign in, for the vendor or for one partner. Whoever acts for two has two rows. */
export interface PersonRow {
  id: PersonId;
  /** Null for the vendor's own people. */
  partner_id: PartnerId | null;
  role: VendorRole | PartnerRole;
  mail_hash: EmailHash;
  /** The address, sealed. */
  mail: Uint8Array;
  /** BCP 47; null leaves it to the browser. */
  language: string | null;
  /** How often a summary is mailed. */
  digest: Digest;
  added_at: Instant;
  /** `cli:USER`, `key:ID` or `person:ID`. */
  added_by: string;
  last_seen_at: Instant | null;
  removed_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    people: PersonRow;
  }
}
