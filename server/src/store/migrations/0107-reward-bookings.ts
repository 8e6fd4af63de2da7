import { partnerMovements } from "./0034-partner-bookings.ts";
import type { Definition, Dialect } from "./ddl.ts";
import { lawful, type Movement, rebuiltTransfers } from "./transfers.ts";

const movements: readonly Movement[] = [
  ...partnerMovements,
  ["reward", "payable", "reward"],
  ["reward", "expense", "reward"],
  ["reward_return", "reward", "payable"],
  ["reward_return", "reward", "expense"],
  ["reward_redeemed", "reward", "expense"],
];

/** What is set aside for customers who renewed is an account of its own, and three kinds of movements run to and from it. */
export const rewardBookings: Definition = (dialect) =>
  dialect.engine === "sqlite"
    ? rebuilt(dialect)
    : [
        "alter table transfers drop constraint transfers_lawful",
        `alter table transfers add constraint transfers_lawful check (${lawful(movements)})`,
      ];

// By partner the journal is sorted since 0104: no index of it begins with the partner.
const rebuilt = (dialect: Dialect): string[] => [
  ...rebuiltTransfers(dialect, {
    name: "transfers_0107",
    movements,
    columns:
      "id, order_key, decision_seq, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at, source, source_id",
  }),
  `create unique index transfers_by_source on transfers (source, source_id, partner_id, currency, kind, debit)
    where source is not null`,
  ...dialect.appendOnly("transfers"),
];
