import type { Instant } from "../../words/clock.ts";
import type { KeyId, PartnerId, ProductId, TokenId } from "../../words/ids.ts";

/** The issuance log. Only `revoked_at` ever changes, once. */
export interface TokenRow {
  jti: TokenId;
  kid: KeyId;
  partner_id: PartnerId;
  product: ProductId;
  batch: string | null;
  issued_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
}

/** The token that every copy of a partner's batch gets, so that each is the same to the byte. */
export interface StandingTokenRow {
  partner_id: PartnerId;
  product: ProductId;
  batch: string;
  jti: TokenId;
  token: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    tokens: TokenRow;
    standing_tokens: StandingTokenRow;
  }
}
