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
  ["reward", "payable", "reward"],
  ["reward", "expense", "reward"],
  ["reward_return", "reward", "payable"],
  ["reward_return", "reward", "expense"],
  ["reward_redeemed", "reward", "expense"],
];

const lawful = movements
  .map(([kind, debit, credit]) => `kind = '${kind}' and debit = '${debit}' and credit = '${credit}'`)
  .join(" or ");

const ofOrders = oneOf("kind", ["credit", "reinstatement", "reversal", "release"]).replace(/^check /, "");

const rules = [
  ["transfers_lawful", `(${lawful})`],
  [
    "transfers_traced",
    `(order_key is not null and decision_seq is not null and source is null and source_id is null and ${ofOrders}
      or order_key is null and decision_seq is null and source is not null and source_id is not null and not ${ofOrders})`,
  ],
] as const;

/** What is set aside for customers who renewed is an account of its own, and three kinds of movements run to and from it. */
export const rewardBookings: Definition = (dialect) =>
  dialect.engine === "sqlite"
    ? rebuilt(dialect)
    : [
        "alter table transfers drop constraint transfers_lawful",
        `alter table transfers add constraint transfers_lawful check (${lawful})`,
      ];

const columns =
  "id, order_key, decision_seq, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at, source, source_id";

/** SQLite cannot change a table's rules: a new table takes the rows over. */
const rebuilt = ({ int64, text, appended, appendOnly }: Dialect): string[] => [
  `create table transfers_0107 (
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
  `insert into transfers_0107 (${columns}) select ${columns} from transfers order by id`,
  "drop table transfers",
  "alter table transfers_0107 rename to transfers",
  "create index transfers_by_order on transfers (order_key) where order_key is not null",
  `create unique index transfers_by_source on transfers (source, source_id, partner_id, currency, kind, debit)
    where source is not null`,
  ...appendOnly("transfers"),
];
