import type { PartnerId, ProductId, TokenId } from "../../words/ids.ts";

/** The token that every copy of a partner's batch gets, so that each is the same to the byte. */
export interface StandingTokenRow {
  partner_id: PartnerId;
  product: ProductId;
  batch: string;
  jti: TokenId;
  token: string;
}
