import type { Definition, Dialect } from "./ddl.ts";
import { bothWays, type Movement, rebuiltTransfers, rulesOf } from "./transfers.ts";

/** What the journal could move before there were rewards. */
export const partnerMovements: readonly Movement[] = [
  ["credit", "expense", "held"],
  ["credit", "expense", "payable"],
  ["reinstatement", "expense", "held"],
  ["reinstatement", "expense", "payable"],
  ["reversal", "held", "expense"],
  ["reversal", "payable", "expense"],
  ["release", "held", "payable"],
  ["payout", "payable", "paid"],
  ["payout_return", "paid", "payable"],
  ...["adjustment", "allowance", "bonus", "term", "opening"].flatMap((kind) => bothWays(kind, "payable")),
  ...["held", "paid"].flatMap((account) => bothWays("opening", account)),
];

/**
 * Movements that no order explains: payouts, corrections, period terms, opening balances. Each names its source, and
 * one source books once for a partner, currency and kind. The database refuses a kind between accounts that it may not
 * move between.
 */
export const partnerBookings: Definition = (dialect) => [
  ...(dialect.engine === "sqlite" ? rebuilt(dialect) : altered),
  `create unique index transfers_by_source on transfers (source, source_id, partner_id, currency, kind, debit)
    where source is not null`,
];

const rebuilt = (dialect: Dialect): string[] => [
  ...rebuiltTransfers(dialect, {
    name: "transfers_0034",
    movements: partnerMovements,
    columns:
      "id, order_key, decision_seq, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at",
  }),
  "create index transfers_by_partner on transfers (partner_id, order_key) where order_key is not null",
  ...dialect.appendOnly("transfers"),
];

const altered = [
  'alter table transfers add column source text, add column source_id text collate "C"',
  "alter table transfers drop constraint transfers_kind_check, drop constraint transfers_debit_check, drop constraint transfers_credit_check, drop constraint transfers_check",
  ...rulesOf(partnerMovements).map(
    ([name, rule]) => `alter table transfers add constraint ${name} check ${rule}`,
  ),
];
