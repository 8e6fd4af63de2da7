import { type Definition, oneOf } from "./ddl.ts";

/** Accounts with partners, closed and numbered; which movements they hold; what partners said to them. */
export const statements: Definition = ({ engine, text, int64, appended, clustered, appendOnly }) => [
  `create table statements (
    statement_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    number ${text} not null unique,
    series ${text} not null,
    year ${int64} not null,
    serial ${int64} not null check (serial > 0),
    kind text not null ${oneOf("kind", ["statement", "invoice", "credit_note"])},
    partner_id ${text} not null references partners (id),
    currency ${text} not null,
    period ${text} not null,
    period_until ${int64} not null,
    chain_seq ${int64} not null check (chain_seq > 0),
    closed_at ${int64} not null,
    due_at ${int64},
    closing_held_minor ${int64} not null,
    closing_payable_minor ${int64} not null,
    closing_paid_minor ${int64} not null,
    line_count ${int64} not null check (line_count > 0),
    scan_from ${int64} not null,
    accept_by ${int64},
    document text not null,
    hash ${text} not null,
    unique (series, year, serial),
    unique (partner_id, currency, chain_seq),
    unique (partner_id, currency, period)
  ) ${appended}`,
  "create index statements_by_partner on statements (partner_id, statement_no)",
  "create index statements_by_period on statements (period, statement_no)",
  ...appendOnly("statements"),
  // A movement belongs to one statement at the most: the database holds to it.
  `create table statement_lines (
    number ${text} not null,
    line ${int64} not null check (line > 0),
    transfer_id ${int64} not null unique,
    data text not null,
    primary key (number, line)
  ) ${clustered}`,
  ...appendOnly("statement_lines"),
  `create table statement_counters (
    series ${text} not null,
    year ${int64} not null,
    last ${int64} not null,
    primary key (series, year)
  ) ${clustered}`,
  `create table statement_answers (
    number ${text} not null,
    seq ${int64} not null check (seq > 0),
    answer text not null ${oneOf("answer", ["accepted", "contested"])},
    actor text not null,
    note text,
    answered_at ${int64} not null,
    primary key (number, seq)
  ) ${clustered}`,
  ...appendOnly("statement_answers"),
  "create index transfers_by_owner on transfers (partner_id, currency, id)",
];
