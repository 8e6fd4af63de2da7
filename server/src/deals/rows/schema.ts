import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { EmailDomainHash, EmailHash, PartnerId, ProductId } from "../../words/ids.ts";

/** Where a deal stands. */
export type DealState = "registered" | "accepted" | "refused" | "ended";

/** A customer that a partner registered before a sale. */
export interface DealRow {
  deal_id: string;
  partner_id: PartnerId;
  /** Of an address, or of a whole domain. */
  customer_hash: EmailHash | EmailDomainHash;
  /** Of the site that the address or the domain is a part of; empty at a mail provider, null where it is to be filled in. */
  site_hash: EmailDomainHash | "" | null;
  /** The address or the domain, sealed for the vendor and this partner. */
  customer_sealed: Uint8Array;
  /** Null for every product. */
  product: ProductId | null;
  /** As the partner named it: ISO 3166-1 alpha-2; null where it named none. */
  territory: string | null;
  registered_at: Instant;
  decide_by: Instant;
  state: DealState;
  accepted_at: Instant | null;
  protected_until: Instant | null;
  ended_at: Instant | null;
}

/** What became of a deal, append-only. */
export interface DealStepRow {
  step_no: Generated<number>;
  deal_id: string;
  step: "registered" | "accepted" | "refused" | "extended" | "ended";
  /** Why, in the vendor's words: the partner reads it. */
  note: string | null;
  protected_until: Instant | null;
  at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    deals: DealRow;
    deal_steps: DealStepRow;
  }
}
