import type { Instant } from "../../words/clock.ts";
import type { PartnerId, ProductId } from "../../words/ids.ts";

/** Something that the vendor tells all customers of a product: of one version, where it is named. */
export interface ServiceNoticeRow {
  notice_id: string;
  product: ProductId;
  version: string | null;
  title: string;
  body: string;
  written_by: string;
  written_at: Instant;
  /** How far customers were gathered: the `next` of the last page, empty at first. */
  gathered_to: string;
  /** When all of them were. */
  gathered_at: Instant | null;
  /** When each letter had been written. */
  finished_at: Instant | null;
}

/** A licence whose customer a service notice is for. */
export interface NoticeLicenceRow {
  notice_id: string;
  /** Stands for one address in this notice alone. */
  recipient_key: string;
  /** Stands for one licence in this notice alone. */
  licence_key: string;
  customer_id: string;
  licence_end: string | null;
  /** Who sold it; null for the vendor. */
  partner_id: PartnerId | null;
  outcome: "waiting" | "written" | "blocked";
  /** Why it is blocked. */
  reason: string | null;
}

/** A notice to a customer that a term ends, or that it was not sent and why. */
export interface RenewalNoticeRow {
  /** Stands for licence, term, step and address. */
  notice_key: string;
  customer_id: string;
  product: ProductId;
  licence_end: string | null;
  partner_id: PartnerId | null;
  ends_at: Instant;
  days_before: number;
  outcome: "written" | "blocked";
  reason: string | null;
  mail_id: string | null;
  noted_at: Instant;
}

/** An address that wants no notices of ends of terms. */
export interface NoticeStopRow {
  /** Keyed: it leads to no address. */
  stop_key: string;
  stopped_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    service_notices: ServiceNoticeRow;
    service_notice_licences: NoticeLicenceRow;
    renewal_notices: RenewalNoticeRow;
    notice_stops: NoticeStopRow;
  }
}
