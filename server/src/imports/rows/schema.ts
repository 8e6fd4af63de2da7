import type { TransferAccount } from "../../ledger/transfer.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What a row of another programme is about. */
export const importKinds = ["partner", "commission", "customer"] as const;
/** One of them. */
export type ImportKind = (typeof importKinds)[number];

/** A row of another programme's export, as it was taken last. */
export interface ImportRow {
  programme: string;
  kind: ImportKind;
  /** The programme's own id of it. */
  source_id: string;
  partner_id: PartnerId;
  /** The programme's own word for its state. */
  status: string;
  /** A commission's money, below zero where it takes back; null of what is no money. */
  amount_minor: number | null;
  currency: Currency | null;
  /** What it is counted in where that is no money: points, credits, free months. */
  unit: string | null;
  unit_amount: string | null;
  /** Where the amount stands in the books; null where nothing is owed for it. */
  account: Exclude<TransferAccount, "expense" | "reward"> | null;
  sale_id: string | null;
  sale_minor: number | null;
  sale_currency: Currency | null;
  earned_at: Instant | null;
  /** When a held amount is payable, where the programme says so. */
  due_at: Instant | null;
  /** How often it was booked anew: part of the source of its transfers. */
  version: number;
  imported_at: Instant;
  /** The request of a second person that a change of the row waits for; null where it waits for none. */
  waits_for: string | null;
  /** JSON of the row as it will be once that is approved: until then the books say what they said before. */
  waits_row: string | null;
}

/** Whom a name in another programme means: its id there, or the keyed hash of its address. */
export interface ImportNameRow {
  programme: string;
  name: string;
  partner_id: PartnerId;
}

declare module "../../store/schema.ts" {
  interface Schema {
    import_rows: ImportRow;
    import_names: ImportNameRow;
  }
}
