import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";

/** Who a partner is to the tax office and the bank, from a moment on, append-only. Of two for one moment the later version counts. */
export interface PartnerDetailsRow {
  partner_id: PartnerId;
  /** From 1 for each partner. */
  version: number;
  since: Instant;
  /** JSON of the details, sealed for this partner and version. */
  sealed: Uint8Array;
  /** 1 where its accounts are others than those before: payouts wait then. */
  accounts_changed: 0 | 1;
  /** `cli:USER`, `key:ID`, `person:ID`; null where the receiver itself did. */
  recorded_by: string | null;
  recorded_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    partner_details: PartnerDetailsRow;
  }
}
