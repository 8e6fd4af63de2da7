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
}

/** The partner a licence is bound to: the first one it was seen with. */
export interface RegistrationRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  bound_at: Instant;
}

/** A later claim on a bound licence by another partner. */
export interface RegistrationConflictRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  seen_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    clicks: ClickRow;
    registrations: RegistrationRow;
    registration_conflicts: RegistrationConflictRow;
  }
}
