import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** A closed account with a partner, append-only. */
export interface StatementRow {
  statement_no: Generated<number>;
  /** `SERIES-YEAR-00001`, without gaps by series and year. */
  number: string;
  series: string;
  year: number;
  serial: number;
  kind: "statement" | "invoice" | "credit_note";
  partner_id: PartnerId;
  currency: Currency;
  period: string;
  period_until: Instant;
  /** From 1 for each partner and currency: its opening is the closing of the one before. */
  chain_seq: number;
  closed_at: Instant;
  due_at: Instant | null;
  closing_held_minor: number;
  closing_payable_minor: number;
  closing_paid_minor: number;
  line_count: number;
  /** The first of the partner's movements in this currency that was left for later; all before it are in statements. */
  scan_from: number;
  /** Without an answer until then it counts as accepted; null when only a yes accepts it, or nobody has to. */
  accept_by: Instant | null;
  /** JSON, as it was closed: what every form of it is made of, beside its lines. */
  document: string;
  /** SHA-256 of the document, which holds the hash of the lines and that of the statement before. */
  hash: string;
}

/** One movement of a statement, append-only. A transfer is in one line at the most. */
export interface StatementLineRow {
  number: string;
  /** From 1. */
  line: number;
  transfer_id: number;
  /** JSON, as it was closed. */
  data: string;
}

/** The last number that was given out in a series and year; also the row that those who close at once wait for. */
export interface StatementCounterRow {
  series: string;
  year: number;
  last: number;
}

/** What a partner said to a statement, append-only; the newest counts. */
export interface StatementAnswerRow {
  number: string;
  seq: number;
  answer: "accepted" | "contested";
  actor: string;
  note: string | null;
  answered_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    statements: StatementRow;
    statement_lines: StatementLineRow;
    statement_counters: StatementCounterRow;
    statement_answers: StatementAnswerRow;
  }
}
