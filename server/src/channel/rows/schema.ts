import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { EmailDomainHash, EmailHash, PartnerId } from "../../words/ids.ts";

/** A partner in the vendor's channel. */
export interface PartnerRow {
  id: PartnerId;
  name: string;
  kind: "distributor" | "reseller" | "affiliate";
  /** Commission in basis points of the net amount. */
  percent_bp: number;
  /** The percentage it was added with, never changed; null where that was not written down. */
  added_percent_bp: number | null;
  email_hash: EmailHash | null;
  /** Null for an address of a public mail host too. */
  email_domain_hash: EmailDomainHash | null;
  /** The mailbox of the address, where that is spelled otherwise. */
  email_alias_hash: EmailHash | null;
  /** The site of the domain, where that is more than the domain. */
  email_site_hash: EmailDomainHash | null;
  status: "active" | "ended";
  created_at: Instant;
  /** From when on nothing is credited to it any more; set once it has ended. */
  ended_at: Instant | null;
  /** Since when what it would be credited for waits, and nothing is paid to it; null while it is not suspended. */
  suspended_at: Instant | null;
  /** The partner that is the same firm, and since when what names this one credits that. */
  merged_into: PartnerId | null;
  merged_at: Instant | null;
}

/** One change of a partner, append-only. */
export interface PartnerHistoryRow {
  change_no: Generated<number>;
  partner_id: PartnerId;
  change: "edited" | "ended" | "resumed";
  /** JSON: what was set, by the member's name. Never an address. */
  changed: string;
  recorded_at: Instant;
}

/** Where a partner stands in the channel since a day, append-only. Of two for one moment the later recorded counts. */
export interface PartnerPositionRow {
  position_no: Generated<number>;
  partner_id: PartnerId;
  /** Null when nobody stands above it. */
  parent_id: PartnerId | null;
  since: Instant;
  recorded_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    partners: PartnerRow;
    partner_history: PartnerHistoryRow;
    partner_positions: PartnerPositionRow;
  }
}
