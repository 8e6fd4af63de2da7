import { type Dialect, oneOf } from "./ddl.ts";

/** A kind of movement, and the accounts it may move between. */
export type Movement = readonly [kind: string, debit: string, credit: string];

/** From expense to another account and back. */
export const bothWays = (kind: string, other: string): Movement[] => [
  [kind, "expense", other],
  [kind, other, "expense"],
];

/** The rule that nothing moves but by these. */
export const lawful = (movements: readonly Movement[]): string =>
  movements
    .map(([kind, debit, credit]) => `kind = '${kind}' and debit = '${debit}' and credit = '${credit}'`)
    .join(" or ");

const ofOrders = oneOf("kind", ["credit", "reinstatement", "reversal", "release"]).replace(/^check /, "");

/** The rules of the journal. A movement is an order's, of a kind that orders have, or it names what made it. */
export const rulesOf = (movements: readonly Movement[]) =>
  [
    ["transfers_lawful", `(${lawful(movements)})`],
    [
      "transfers_traced",
      `(order_key is not null and decision_seq is not null and source is null and source_id is null and ${ofOrders}
      or order_key is null and decision_seq is null and source is not null and source_id is not null and not ${ofOrders})`,
    ],
  ] as const;

/** SQLite cannot change a table's rules: a new journal with these takes the rows over, and has to be given its indexes. */
export const rebuiltTransfers = (
  { int64, text, appended }: Dialect,
  { name, movements, columns }: { name: string; movements: readonly Movement[]; columns: string },
): string[] => [
  `create table ${name} (
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
    ${rulesOf(movements)
      .map(([rule, holds]) => `constraint ${rule} check ${holds}`)
      .join(",\n    ")}
  ) ${appended}`,
  `insert into ${name} (${columns}) select ${columns} from transfers order by id`,
  "drop table transfers",
  `alter table ${name} rename to transfers`,
  "create index transfers_by_order on transfers (order_key) where order_key is not null",
];
