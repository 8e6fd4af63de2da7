import type { Instant } from "../words/clock.ts";
import type { Currency } from "../words/ids.ts";

/**
 * How much of its customers' purchases a partner is shown: its own credits alone, also what was bought and when, also who
 * bought it.
 */
export const sharingLevels = ["none", "transaction", "full"] as const;
/** One level of sharing. */
export type Sharing = (typeof sharingLevels)[number];

/** What a vendor may write to a partner's customers: about the product's running, a term's end, or what else is sold. */
export const noticeKinds = ["service", "renewal", "marketing"] as const;
/** One kind of notice. */
export type NoticeKind = (typeof noticeKinds)[number];

/** How many days before and after a term's end its seller is credited, whoever's link is clicked. */
export interface RenewalRights {
  beforeDays: number;
  afterDays: number;
}

/** What vendor and partner agreed. */
export interface Agreement {
  sharing: Sharing;
  notices: readonly NoticeKind[];
  renewalRights: RenewalRights | null;
  /** Where the partner may sell, ISO 3166-1 alpha-2; null for everywhere. */
  territories: readonly string[] | null;
  /** Whether the vendor writes the partner's invoices. */
  selfBilling: boolean;
  /** After how many days without an answer such an invoice counts as accepted; null when only a yes accepts it. */
  silenceDays: number | null;
  /** In which currency the partner wants to be paid, where it is agreed. */
  currency: Currency | null;
  /** In which language it is written to, a BCP 47 tag. */
  language: string | null;
  note: string | null;
  /** SHA-256 of the signed paper, in hexadecimal. */
  fileHash: string | null;
}

/** An agreement with the moment from which it holds. Lists of them are in the order of `since`, then of their recording. */
export interface DatedAgreement extends Agreement {
  since: Instant;
}

/** What holds where nothing was agreed: the closed side of everything. */
export const closedAgreement: Agreement = {
  sharing: "none",
  notices: [],
  renewalRights: null,
  territories: null,
  selfBilling: false,
  silenceDays: null,
  currency: null,
  language: null,
  note: null,
  fileHash: null,
};

/** The agreement in force at a moment: the one that began last, and of one moment the one that was recorded last. */
export function agreementAt(agreements: readonly DatedAgreement[], at: Instant): Agreement {
  const found = agreements.findLast(({ since }) => since <= at);
  if (found === undefined) return closedAgreement;
  const { since: _, ...agreement } = found;
  return agreement;
}
