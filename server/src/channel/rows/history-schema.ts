import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";

/** One change of a partner, append-only. */
export interface PartnerHistoryRow {
  change_no: Generated<number>;
  partner_id: PartnerId;
  change: "edited" | "ended" | "resumed";
  /** JSON: what was set, by the member's name. Never an address. */
  changed: string;
  recorded_at: Instant;
}
