import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PartnerId, ProductId } from "../../words/ids.ts";

/** A partner's API key. The key itself is never stored. */
export interface PartnerKeyRow {
  /** Begins with `pk_`; made from the hash, so that a key that is found somewhere can be told by it. */
  id: string;
  /** SHA-256 of the key, hexadecimal: 160 random bits need no slow hash. */
  secret_hash: string;
  partner_id: PartnerId;
  name: string | null;
  created_at: Instant;
  revoked_at: Instant | null;
  /** The first moment of the day in UTC on which it was last used. */
  last_used_at: Instant | null;
}

/** Which pepper the keyed hashes of this database were made with. */
export interface PepperRow {
  slot: "in_force";
  pepper_id: string;
  since: Instant;
}

/** The wording that somebody agreed to, word for word. */
export interface ConsentRow {
  id: string;
  version: string;
  wording: string;
  first_given_at: Instant;
}

/** Stands for a registration that counts for every product. */
export const everyProduct = "*";

/** A customer's address that a partner registered; the address itself is never stored. */
export interface RegisteredEmailRow {
  email_hash: EmailHash;
  /** A product, or `*` for all of them. */
  product: ProductId | typeof everyProduct;
  partner_id: PartnerId;
  /** The pepper the hash was made with. */
  pepper_id: string;
  registered_at: Instant;
  origin: "import" | "api" | "form";
  consent_id: string | null;
  consent_at: Instant | null;
}

/** How many addresses a partner sent for a product in one way, those that somebody had registered before among them. */
export interface EmailTallyRow {
  partner_id: PartnerId;
  product: RegisteredEmailRow["product"];
  origin: RegisteredEmailRow["origin"];
  sent: number;
  first_at: Instant;
  last_at: Instant;
}
