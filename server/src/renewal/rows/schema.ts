import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId, Reference, TokenId } from "../../words/ids.ts";

/** A verified click on a renewal link. */
export interface ClickRow {
  reference: Reference;
  product: ProductId;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  licence_hash: LicenceHash | null;
  clicked_at: Instant;
  /** A keyed hash of all that never changes in the row, which the store makes. */
  seal: string | null;
}

/** The partner a licence is bound to: the first one it was seen with. */
export interface RegistrationRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  bound_at: Instant;
  /** 0 when nothing was known of the licence before; null in rows from before this was noted. */
  sold: 0 | 1 | null;
  /** 1 when the copy told of another partner's token too. */
  contradicted: 0 | 1 | null;
}

/** A later claim on a bound licence by another partner. */
export interface RegistrationConflictRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  seen_at: Instant;
}

/** How many licences were claimed for a partner on a day, counted from 1970 in UTC. */
export interface ClaimDayRow {
  partner_id: PartnerId;
  day: number;
  claims: number;
  /** Of licences that nothing was known of. */
  unsold: number;
}

/** What the vendor's licence system said of a licence. */
export interface LicenceCheckRow {
  licence_hash: LicenceHash;
  product: ProductId;
  known: 0 | 1;
  sold_at: Instant | null;
  checked_at: Instant;
}

/** When a licence ends, as a copy said that was registered. The first word on each end stays. */
export interface LicenceTermRow {
  licence_hash: LicenceHash;
  product: ProductId;
  expires_at: Instant;
  /** The partner the licence was bound to. */
  partner_id: PartnerId;
  told_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    clicks: ClickRow;
    registrations: RegistrationRow;
    registration_conflicts: RegistrationConflictRow;
    claim_days: ClaimDayRow;
    licence_checks: LicenceCheckRow;
    licence_terms: LicenceTermRow;
  }
}
