import type { Instant } from "../../words/clock.ts";
import type { PartnerId, PersonId } from "../../words/ids.ts";

/** Something that people are to be told: one person, a partner's people, or the vendor's. */
export interface NoticeRow {
  id: string;
  kind: string;
  partner_id: PartnerId | null;
  person_id: PersonId | null;
  /** JSON. Never an address or a secret. */
  facts: string;
  /** A notice of one key is noted once. */
  once_key: string;
  told_at: Instant | null;
  noted_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    notices: NoticeRow;
  }
}
