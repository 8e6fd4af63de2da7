import { type Definition, type Dialect, oneOf } from "./ddl.ts";

type Movement = readonly [kind: string, debit: string, credit: string];

const bothWays = (kind: string, other: string): Movement[] => [
  [kind, "expense", other],
  [kind, other, "expense"],
];

const movements: readonly Movement[] = [
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

const lawful = movements
  .map(([kind, debit, credit]) => `kind = '${kind}' and debit = '${debit}' and credit = '${credit}'`)
  .join(" or ");

const ofOrders = oneOf("kind", ["credit", "reinstatement", "reversal", "release"]).replace(/^check /, "");

const rules = [
  ["transfers_lawful", `(${lawful})`],
  // A movement is an order's, of a kind that orders have, or it names what made it.
  [
    "transfers_traced",
    `(order_key is not null and decision_seq is not null and source is null and source_id is null and ${ofOrders}
      or order_key is null and decision_seq is null and source is not null and source_id is not null and not ${ofOrders})`,
  ],
] as const;

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

/** SQLite cannot change a table's rules: a new table takes the rows over. */
const rebuilt = ({ int64, text, appended, appendOnly }: Dialect): string[] => [
  `create table transfers_0034 (
    id integer primary key,
    order_key ${text},
    decision_seq ${int64},
    partner_id ${text} not null,
    kind text not null,
    debit text not null,
    credit text not null,
    amount_minor ${int64} not null check (amount_minor > 0),
    currency ${text} not null,
    cause text not null,
    booked_at ${int64} not null,
    source text,
    source_id ${text},
    ${rules.map(([name, rule]) => `constraint ${name} check ${rule}`).join(",\n    ")}
  ) ${appended}`,
  `insert into transfers_0034 (id, order_key, decision_seq, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at)
    select id, order_key, decision_seq, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at from transfers order by id`,
  "drop table transfers",
  "alter table transfers_0034 rename to transfers",
  "create index transfers_by_order on transfers (order_key) where order_key is not null",
  "create index transfers_by_partner on transfers (partner_id, order_key) where order_key is not null",
  ...appendOnly("transfers"),
];

const altered = [
  'alter table transfers add column source text, add column source_id text collate "C"',
  "alter table transfers drop constraint transfers_kind_check, drop constraint transfers_debit_check, drop constraint transfers_credit_check, drop constraint transfers_check",
  ...rules.map(([name, rule]) => `alter table transfers add constraint ${name} check ${rule}`),
];
