import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PartnerId, ProductId } from "../../words/ids.ts";

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

declare module "../../store/schema.ts" {
  interface Schema {
    consents: ConsentRow;
    registered_emails: RegisteredEmailRow;
    email_tallies: EmailTallyRow;
  }
}
