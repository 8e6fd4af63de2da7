import type { Engine } from "../query.ts";
import type { Definition } from "./ddl.ts";

/** What of a row never changes once it is there, and what never changes again once it was set. */
export interface Guard {
  table: string;
  frozen: readonly string[];
  /** Each is null until it is set. */
  once?: readonly string[];
  /** Columns that stay once a row is in its last state. */
  last?: { when: string; columns: readonly string[] };
  what: string;
}

/** Whoever changes one of these by hand changes whom money goes to, how much, or who agreed to it. */
const guards: readonly Guard[] = [
  {
    table: "payout_batches",
    frozen: ["id", "currency", "channel", "minimum_minor", "until_at", "proposed_by", "proposed_at"],
    once: ["approved_by", "approved_at", "settled_at", "cancelled_by", "cancelled_at"],
    what: "what a payout was proposed as, and who agreed to it, stays as it was",
  },
  {
    table: "payout_items",
    frozen: ["id", "batch_id", "row_no", "partner_id", "currency", "amount_minor", "details_version"],
    last: { when: "old.state in ('cancelled', 'returned')", columns: ["state"] },
    what: "whom a payout goes to, and how much, stays as it was",
  },
  {
    table: "adjustments",
    frozen: [
      "adjustment_no",
      "adjustment_id",
      "partner_id",
      "kind",
      "amount_minor",
      "currency",
      "reference",
      "note",
      "allowance",
      "budget",
      "claim",
      "reverses",
      "entered_by",
      "entered_at",
    ],
    once: ["decided_by", "decided_at"],
    last: { when: "old.status <> 'pending'", columns: ["status"] },
    what: "an adjustment stays as it was entered, and is decided once",
  },
  {
    table: "deals",
    frozen: ["deal_id", "partner_id", "product", "territory", "registered_at", "decide_by"],
    once: ["accepted_at", "ended_at"],
    what: "a deal stays as it was registered, and is accepted once",
  },
  {
    table: "disputes",
    frozen: ["id", "partner_id", "opened_at"],
    once: ["ruled_at", "granted"],
    what: "a dispute stays its partner's, and is ruled on once",
  },
];

const changes = ({ frozen, once = [], last }: Guard, differs: string): string =>
  [
    ...frozen.map((column) => `new.${column} ${differs} old.${column}`),
    ...once.map((column) => `(old.${column} is not null and new.${column} ${differs} old.${column})`),
    ...(last === undefined
      ? []
      : last.columns.map((column) => `(${last.when} and new.${column} ${differs} old.${column})`)),
  ].join(" or ");

const columnsOf = ({ frozen, once = [], last }: Guard): string =>
  [...frozen, ...once, ...(last?.columns ?? [])].join(", ");

const escaped = (text: string): string => text.replaceAll("'", "''");

const statements: Record<Engine, (guard: Guard) => string[]> = {
  sqlite: (guard) => [
    `create trigger ${guard.table}_refuse_update before update of ${columnsOf(guard)} on ${guard.table}
      when ${changes(guard, "is not")} begin select raise(abort, '${escaped(guard.what)}'); end`,
    `create trigger ${guard.table}_refuse_delete before delete on ${guard.table}
      begin select raise(abort, '${escaped(guard.what)}'); end`,
  ],
  postgres: (guard) =>
    [
      {
        name: "update",
        on: `update of ${columnsOf(guard)}`,
        when: `when (${changes(guard, "is distinct from")})`,
      },
      { name: "delete", on: "delete", when: "" },
    ].flatMap(({ name, on, when }) => [
      `create trigger ${guard.table}_refuse_${name} before ${on} on ${guard.table} for each row ${when}
        execute function refuse_row('${escaped(guard.what)}')`,
      `alter table ${guard.table} enable always trigger ${guard.table}_refuse_${name}`,
    ]),
};

/** The statements by which the database keeps a table's rows as they are. */
export const guardOf = (guard: Guard, engine: Engine): string[] => statements[engine](guard);

/** The database refuses to change what payouts, adjustments, deals and disputes rest on. */
export const guardedMoney: Definition = ({ engine }) => guards.flatMap((guard) => guardOf(guard, engine));
