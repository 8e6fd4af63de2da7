import type { Instant } from "../../words/clock.ts";
import type {
  EmailHash,
  LicenceHash,
  OrderKey,
  OrganisationHash,
  PartnerId,
  ProductId,
} from "../../words/ids.ts";

/** Who told of a row: a partner, or nobody (`""`) where it was the vendor or one of its shops. */
export type ToldBy = PartnerId | "";

/** An organisation among customers, or a part of one. Both of a pair have the same `told_by`. */
export interface OrganisationRow {
  organisation_id: string;
  parent_id: string | null;
  told_by: ToldBy;
  name_hash: OrganisationHash;
  name_sealed: Uint8Array;
  /** See `secrets/customer-seal.ts`. */
  sealed_for: string;
  added_at: Instant;
}

/** A person among customers: once for each who told of it, so that nobody learns of what another told. */
export interface CustomerRow {
  customer_id: string;
  told_by: ToldBy;
  source: "order" | "vendor" | "partner";
  email_hash: EmailHash;
  /** JSON: a `CustomerDocument`. */
  sealed: Uint8Array;
  sealed_for: string;
  /** BCP 47; null where nobody told it. */
  language: string | null;
  organisation_id: string | null;
  /** The person's parts in whatever the organisation buys, one behind the other with a space between. */
  organisation_parts: string;
  /** What the person agreed to being written about, beside what it bought: which text, and when. */
  consent_version: string | null;
  consent_at: Instant | null;
  added_at: Instant;
  changed_at: Instant;
}

/** A licence in whose purchase a person has a part; where no licence is known, the order. Columns that say nothing are empty. */
export interface CustomerLicenceRow {
  customer_id: string;
  product: ProductId | "";
  licence_hash: LicenceHash | "";
  order_key: OrderKey | "";
  /** One behind the other with a space between. */
  parts: string;
  /** The last four characters, for people to tell licences apart. */
  licence_end: string | null;
  /** Of the product, where it is known. */
  version: string | null;
  added_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    customer_organisations: OrganisationRow;
    customer_people: CustomerRow;
    customer_licences: CustomerLicenceRow;
  }
}
