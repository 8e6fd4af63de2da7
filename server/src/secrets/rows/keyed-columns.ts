/** What of a buyer is hashed beside its address. */
export interface BuyerHashes {
  domain: string | null;
  alias: string | null;
  site: string | null;
}

/** A text's hash under the former pepper, and the one that stands for it now. Plain values: a thread may get them. */
export type FormerHash =
  | { kind: "licence" | "domain" | "serial" | "voucher"; from: string; to: string }
  | { kind: "email"; from: string; to: string; buyer: BuyerHashes };

/** The kinds of texts whose hashes are made anew once the text is seen again. */
export type FormerKind = FormerHash["kind"];

/** A column with keyed hashes of texts that nobody keeps. */
export interface KeyedColumn {
  kind: FormerKind;
  table: string;
  column: string;
  /** The columns that make a row the only one of its hash. */
  key?: readonly string[];
}

/**
 * Every column whose hashes wait for their text to be seen again after a rotation of the pepper. What is sealed beside its
 * hash is in `../sealed-columns.ts`; serials in batches have a list of their own, since there are millions. A test compares
 * both with the tables.
 */
export const keyedColumns: readonly KeyedColumn[] = [
  { kind: "licence", table: "orders", column: "licence_hash" },
  { kind: "licence", table: "clicks", column: "licence_hash" },
  { kind: "licence", table: "vouchers", column: "licence_hash" },
  { kind: "licence", table: "registrations", column: "licence_hash", key: ["product"] },
  {
    kind: "licence",
    table: "registration_conflicts",
    column: "licence_hash",
    key: ["product", "partner_id"],
  },
  { kind: "licence", table: "licence_checks", column: "licence_hash", key: ["product"] },
  { kind: "licence", table: "serial_activations", column: "licence_hash", key: ["product", "via"] },
  { kind: "licence", table: "serial_conflicts", column: "licence_hash", key: ["serial_hash", "product"] },
  { kind: "licence", table: "exact_licences", column: "licence_hash", key: [] },
  { kind: "licence", table: "licence_spellings", column: "loose_hash", key: [] },
  { kind: "licence", table: "licence_spellings", column: "licence_hash" },
  {
    kind: "licence",
    table: "customer_licences",
    column: "licence_hash",
    key: ["customer_id", "product", "order_key"],
  },
  { kind: "licence", table: "licence_terms", column: "licence_hash", key: ["product", "expires_at"] },
  { kind: "licence", table: "customer_mandates", column: "licence_hash" },
  { kind: "email", table: "customer_mandates", column: "given_by" },
  { kind: "email", table: "orders", column: "email_hash" },
  { kind: "email", table: "registered_emails", column: "email_hash", key: ["product"] },
  { kind: "email", table: "partners", column: "email_hash" },
  { kind: "email", table: "mail_bounces", column: "recipient_hash", key: [] },
  { kind: "email", table: "partners", column: "email_alias_hash" },
  { kind: "domain", table: "partners", column: "email_domain_hash" },
  { kind: "domain", table: "partners", column: "email_site_hash" },
  { kind: "serial", table: "serial_activations", column: "serial_hash" },
  { kind: "serial", table: "serial_conflicts", column: "serial_hash", key: ["licence_hash", "product"] },
  { kind: "serial", table: "vouchers", column: "serial_hash" },
  { kind: "voucher", table: "vouchers", column: "code_hash", key: [] },
];
