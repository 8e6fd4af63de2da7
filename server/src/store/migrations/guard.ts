import type { Engine } from "../query.ts";

/** What of a row never changes once it is there, and what never changes again once it was set. */
export interface Guard {
  table: string;
  frozen: readonly string[];
  /** Each is null until it is set. */
  once?: readonly string[];
  /** Columns that stay once a row is in its last state. */
  last?: { when: string; columns: readonly string[] };
  what: string;
  /** Rows of it go when their time is over, or a person asks. */
  goes?: true;
}

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

/** The triggers by which a database refuses to change what a guard holds. */
export const guarding = (engine: Engine, guard: Guard): string[] => statements[engine](guard);

const statements: Record<Engine, (guard: Guard) => string[]> = {
  sqlite: (guard) => [
    `create trigger ${guard.table}_refuse_update before update of ${columnsOf(guard)} on ${guard.table}
      when ${changes(guard, "is not")} begin select raise(abort, '${escaped(guard.what)}'); end`,
    ...(guard.goes
      ? []
      : [
          `create trigger ${guard.table}_refuse_delete before delete on ${guard.table}
      begin select raise(abort, '${escaped(guard.what)}'); end`,
        ]),
  ],
  postgres: (guard) =>
    [
      {
        name: "update",
        on: `update of ${columnsOf(guard)}`,
        when: `when (${changes(guard, "is distinct from")})`,
      },
      ...(guard.goes ? [] : [{ name: "delete", on: "delete", when: "" }]),
    ].flatMap(({ name, on, when }) => [
      `create trigger ${guard.table}_refuse_${name} before ${on} on ${guard.table} for each row ${when}
        execute function refuse_row('${escaped(guard.what)}')`,
      `alter table ${guard.table} enable always trigger ${guard.table}_refuse_${name}`,
    ]),
};
