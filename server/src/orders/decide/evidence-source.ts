import type { Evidence, EvidenceRoute } from "../../attribution/evidence.ts";
import type { PartnerStanding } from "../../channel/rows/partners.ts";
import type { Tx } from "../../store/store.ts";
import type { RevocationStanding } from "../../tokens/rows/tokens.ts";
import { type Instant, instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId, TokenId } from "../../words/ids.ts";
import type { SerialText } from "../../words/serial-text.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { Traces } from "../rows/traces.ts";

/** A click on a renewal link, with the standing of its token and its partner. */
export interface ReferencedClick extends PartnerStanding, RevocationStanding {
  product: ProductId;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  licence_hash: LicenceHash | null;
  clicked_at: Instant;
}

/** Evidence with what became of the partner it names: where it was merged into another, that one may be credited. */
export interface FoundEvidenceOf extends Evidence {
  merged?: { into: PartnerId; at: Instant };
}

/** A piece of evidence that was found. */
export interface FoundPiece {
  evidence: FoundEvidenceOf;
  /** The commission rate in force of the partner it names, in basis points. */
  rateBp: number;
}

/** A sale of the same subscription or licence before this one, and what it has in common with it. */
export interface EarlierOrder {
  order: OrderRow;
  route: Extract<EvidenceRoute, "subscription" | "earlier_purchase">;
  /** When the receiver first heard of it or of a purchase after it, up to the one that is decided. */
  knownAt: Instant;
  /** How much of what was paid for it has gone back, from 0 to 1. */
  lost: number;
}

/** The order that evidence is looked for, with what is known of it before any source is asked. */
export interface EvidenceQuestion {
  order: OrderRow;
  /** The click behind the order's own reference. */
  click: ReferencedClick | undefined;
  /** How long that click counts for a purchase, in days of 24 hours. */
  referenceDays: number;
  /** The licences of the order and of the earlier ones, each with what is known of it at all. */
  licences: ReadonlyMap<LicenceHash, Traces>;
  /** Whether any partner registered the buyer's address. */
  buyerIsRegistered: boolean;
  /** Whether any deal was ever registered. */
  hasDeals: boolean;
  /** The product that was bought, where it is known. */
  product: ProductId | null;
  /** The nearest first. */
  earlier: readonly EarlierOrder[];
  /** What the text of the order's licence may be. Only the sale itself tells it: the text is kept nowhere. */
  serial: SerialText | undefined;
}

/**
 * One way for evidence to be found. It answers all that there is, good or bad: `decideAttribution` judges it. A source
 * that has nothing to look up by asks the database nothing, since each statement costs every purchase.
 */
export type EvidenceSource = (tx: Tx, about: EvidenceQuestion) => Promise<readonly FoundPiece[]>;

/** A row of evidence with the partner it names, and with what may have been revoked where that applies. */
export type StandingRow = PartnerStanding & Partial<RevocationStanding>;

/** What the decision needs to know of the partner that evidence names, and of what may have been revoked. */
export function standingOf(row: StandingRow) {
  const {
    partner_ended_at,
    partner_suspended_at,
    partner_status,
    partner_email,
    partner_email_domain,
    partner_alias,
    partner_site,
  } = row;
  const { revoked_at = null, issued_at = null, key_revoked_at = null } = row;
  const endedAt = partner_ended_at ?? (partner_status === "ended" ? instant(0) : null);
  const isKeysFault = key_revoked_at !== null && issued_at !== null && issued_at >= key_revoked_at;
  return {
    ...(revoked_at === null ? {} : { revokedAt: revoked_at }),
    ...(isKeysFault ? { keyRevokedAt: key_revoked_at } : {}),
    ...(endedAt === null ? {} : { partnerEndedAt: endedAt }),
    ...(partner_suspended_at === null ? {} : { partnerSuspendedAt: partner_suspended_at }),
    ...mergedOf(row),
    ...(partner_email === null ? {} : { partnerEmail: partner_email }),
    ...(partner_email_domain === null ? {} : { partnerEmailDomain: partner_email_domain }),
    ...(partner_alias === null ? {} : { partnerAlias: partner_alias }),
    ...(partner_site === null ? {} : { partnerSite: partner_site }),
  };
}

const mergedOf = ({ partner_merged_into: into, partner_merged_at: at }: StandingRow) =>
  into === null || at === null ? {} : { merged: { into, at } };
