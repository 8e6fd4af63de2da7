import { type Definition, oneOf } from "./ddl.ts";

/** Decisions and the money they move. */
export const ledger: Definition = ({ engine, text, int64, appended, clustered, appendOnly }) => [
  // A decision's JSON is too long to be an index entry, and its order's key rises with time.
  `create table decisions (
    order_key ${text} not null,
    seq ${int64} not null check (seq >= 1),
    outcome text not null ${oneOf("outcome", ["credited", "held", "unattributed"])},
    partner_id ${text},
    reason text not null,
    evidence_kind text,
    evidence_route text,
    evidence text not null,
    credits text not null,
    policy text not null,
    cause text not null,
    decided_at ${int64} not null,
    primary key (order_key, seq)
  ) ${appended}`,
  ...appendOnly("decisions"),

  // As no row is ever deleted, SQLite's next row number is never one that was used before.
  `create table transfers (
    id ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    order_key ${text},
    decision_seq ${int64},
    partner_id ${text} not null,
    kind text not null ${oneOf("kind", ["credit", "reversal", "reinstatement", "release", "payout"])},
    debit text not null ${oneOf("debit", ["expense", "held", "payable", "paid"])},
    credit text not null ${oneOf("credit", ["expense", "held", "payable", "paid"])},
    amount_minor ${int64} not null check (amount_minor > 0),
    currency ${text} not null,
    cause text not null,
    booked_at ${int64} not null,
    check (debit <> credit)
  ) ${appended}`,
  "create index transfers_by_order on transfers (order_key) where order_key is not null",
  ...appendOnly("transfers"),

  // Rows of busy partners change with every sale: PostgreSQL is left room to write the new version in the same page.
  `create table balances (
    partner_id ${text} not null,
    currency ${text} not null,
    shard ${int64} not null check (shard between 0 and 15),
    held_minor ${int64} not null,
    payable_minor ${int64} not null,
    paid_minor ${int64} not null,
    primary key (partner_id, currency, shard)
  ) ${engine === "sqlite" ? clustered : "with (fillfactor = 50)"}`,
];
