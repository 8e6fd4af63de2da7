import type { Evidence, EvidenceRoute } from "../../attribution/evidence.ts";
import type { Instant } from "../../clock.ts";
import type { LicenceHash, ProductId } from "../../ids.ts";
import type { FoundClick } from "../../store/queries/clicks.ts";
import type { PartnerStanding } from "../../store/queries/partners.ts";
import type { OrderRow } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";

/** A piece of evidence that was found. */
export interface FoundPiece {
  evidence: Evidence;
  /** The commission rate in force of the partner it names, in basis points. */
  rateBp: number;
}

/** A sale of the same subscription or licence before this one, and what it has in common with it. */
export interface EarlierOrder {
  order: OrderRow;
  route: Extract<EvidenceRoute, "subscription" | "earlier_purchase">;
}

/** The order that evidence is looked for, with what is known of it before any source is asked. */
export interface EvidenceQuestion {
  order: OrderRow;
  /** The click behind the order's own reference. */
  click: FoundClick | undefined;
  /** How long that click counts for a purchase, in days of 24 hours. */
  referenceDays: number;
  /** The licences of the order and of the earlier ones. */
  licences: ReadonlySet<LicenceHash>;
  /** The product that was bought, where it is known. */
  product: ProductId | null;
  earlier: readonly EarlierOrder[];
}

/**
 * One way for evidence to be found. It answers all that there is, good or bad: `decideAttribution` judges it. A source
 * that has nothing to look up by asks the database nothing, since each statement costs every purchase.
 */
export type EvidenceSource = (tx: Tx, about: EvidenceQuestion) => Promise<readonly FoundPiece[]>;

/** What the decision needs to know of the partner that evidence names, and of what may have been revoked. */
export const standingOf = (row: PartnerStanding & { revoked_at?: Instant | null }) => ({
  partnerActive: row.partner_status === "active",
  ...(row.revoked_at == null ? {} : { revokedAt: row.revoked_at }),
  ...(row.partner_email === null ? {} : { partnerEmail: row.partner_email }),
});
