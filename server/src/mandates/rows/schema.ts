import type { Instant } from "../../words/clock.ts";
import type { EmailHash, LicenceHash, PartnerId, ProductId } from "../../words/ids.ts";

/** A licence's customer lets a partner act for it, until `ended_at`. */
export interface MandateRow {
  mandate_id: string;
  partner_id: PartnerId;
  product: ProductId;
  licence_hash: LicenceHash;
  licence_end: string | null;
  /** The customer's address. */
  given_by: EmailHash;
  given_at: Instant;
  ended_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    customer_mandates: MandateRow;
  }
}
